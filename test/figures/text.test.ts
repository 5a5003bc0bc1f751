import { describe, expect, test } from 'vitest';
import {
  formulasOf,
  latexFault,
  LatexError,
  latexToText,
  markdownToDiscord,
} from '../../src/figures/text.ts';

/** Formulas of the field and how they read without a picture. */
const formulas: readonly (readonly [latex: string, text: string])[] = [
  // normalisation
  [
    String.raw`\hat{x}_i=\frac{x_i-\mu_{\text{batch}}}{\sqrt{\sigma^2_{\text{batch}}+\epsilon}}`,
    'x̂ᵢ = (xᵢ−μ_batch)/√(σ_batch²+ε)',
  ],
  [String.raw`y_i=\gamma\hat{x}_i+\beta`, 'yᵢ = γx̂ᵢ + β'],
  [String.raw`\mu_B=\frac{1}{m}\sum_{i=1}^{m}x_i`, 'μ_B = (1/m) Σᵢ₌₁ᵐ xᵢ'],
  [String.raw`\sigma_B^2=\frac{1}{m}\sum_{i=1}^m(x_i-\mu_B)^2`, 'σ_B² = (1/m) Σᵢ₌₁ᵐ (xᵢ − μ_B)²'],
  [
    String.raw`\mathrm{RMSNorm}(x)=\frac{x}{\sqrt{\frac1d\sum_i x_i^2+\epsilon}}\odot g`,
    'RMSNorm(x) = x/√((1/d) Σᵢ xᵢ²+ε) ⊙ g',
  ],
  // softmax, losses, information
  [
    String.raw`\text{softmax}(z)_i=\frac{e^{z_i}}{\sum_{j=1}^{K}e^{z_j}}`,
    'softmax(z)ᵢ = e^(zᵢ)/(Σⱼ₌₁ᴷ e^(zⱼ))',
  ],
  [String.raw`\mathcal{L}=-\sum_{i}y_i\log\hat{y}_i`, 'ℒ = −Σᵢ yᵢ log ŷᵢ'],
  [String.raw`D_{\mathrm{KL}}(P\|Q)=\sum_x P(x)\log\frac{P(x)}{Q(x)}`, 'D_KL(P‖Q) = Σₓ P(x) log(P(x)/Q(x))'],
  [
    String.raw`\mathrm{PPL}=\exp\left(-\frac1N\sum_{i=1}^N\log p(w_i\mid w_{<i})\right)`,
    'PPL = exp(−(1/N) Σᵢ₌₁ᴺ log p(wᵢ | w_(<i)))',
  ],
  [String.raw`\mathbb{E}_{x\sim p}[f(x)]`, '𝔼_(x~p)[f(x)]'],
  [String.raw`\tau\log\left(\frac{\sum_j e^{s_j/\tau}}{K}\right)`, 'τ log((Σⱼ e^(sⱼ/τ))/K)'],
  [String.raw`e^{-\frac{(x-\mu)^2}{2\sigma^2}}`, 'e^(−(x−μ)²/(2σ²))'],
  [String.raw`\mathcal{N}(\mu,\sigma^2 I)`, '𝒩(μ, σ²I)'],
  [String.raw`\mathrm{Var}(X)=E[X^2]-E[X]^2`, 'Var(X) = E[X²] − E[X]²'],
  // attention and positions
  [
    String.raw`\mathrm{Attention}(Q,K,V)=\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V`,
    'Attention(Q, K, V) = softmax(QKᵀ/√dₖ)V',
  ],
  [
    String.raw`PE_{(pos,2i)}=\sin\left(pos/10000^{2i/d_{\text{model}}}\right)`,
    'PE_(pos,2i) = sin(pos/10000^(2i/d_model))',
  ],
  [
    String.raw`\begin{pmatrix}\cos m\theta&-\sin m\theta\\\sin m\theta&\cos m\theta\end{pmatrix}`,
    '(cos mθ, −sin mθ; sin mθ, cos mθ)',
  ],
  [String.raw`\text{softmax}\left(\frac{q_m^\top k_n}{\sqrt{d}}+m_{ij}\right)`, 'softmax(qₘᵀkₙ/√d + mᵢⱼ)'],
  [String.raw`W\in\mathbb{R}^{d\times k}`, 'W ∈ ℝ^(d × k)'],
  [String.raw`W=W_0+\frac{\alpha}{r}BA,\quad B\in\mathbb{R}^{d\times r}`, 'W = W₀ + (α/r)BA, B ∈ ℝ^(d × r)'],
  [String.raw`O(n^2d)`, 'O(n²d)'],
  // optimisers
  [String.raw`\nabla_\theta L(\theta)`, '∇_θL(θ)'],
  [String.raw`m_t=\beta_1m_{t-1}+(1-\beta_1)g_t`, 'mₜ = β₁mₜ₋₁ + (1 − β₁)gₜ'],
  [String.raw`\hat{m}_t=\frac{m_t}{1-\beta_1^t}`, 'm̂ₜ = mₜ/(1−β₁ᵗ)'],
  [
    String.raw`\theta_{t+1}=\theta_t-\eta\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}`,
    'θₜ₊₁ = θₜ − η(m̂ₜ/(√v̂ₜ+ε))',
  ],
  [
    String.raw`\frac{\partial L}{\partial w}=\frac{2}{m}\sum_i x_i(\hat y_i-y_i)`,
    '∂L/∂w = (2/m) Σᵢ xᵢ(ŷᵢ − yᵢ)',
  ],
  [String.raw`\bm{\theta}\gets\bm{\theta}-\eta\nabla L`, 'θ ← θ − η∇L'],
  [String.raw`L=\text{MSE}+\lambda\|w\|_2^2`, 'L = MSE + λ‖w‖₂²'],
  // activations and layers
  [
    String.raw`f(x)=\begin{cases}x,&x>0\\\alpha(e^x-1),&\text{otherwise}\end{cases}`,
    'f(x) = { x, x > 0; α(eˣ − 1), otherwise }',
  ],
  [
    String.raw`\mathrm{GELU}(x)=0.5x\left(1+\tanh\left[\sqrt{2/\pi}(x+0.044715x^3)\right]\right)`,
    'GELU(x) = 0.5x(1 + tanh[√(2/π)(x + 0.044715x³)])',
  ],
  [String.raw`\sigma(x)=\frac{1}{1+e^{-x}}`, 'σ(x) = 1/(1+e⁻ˣ)'],
  [String.raw`x^{(l+1)}=x^{(l)}+F(x^{(l)})`, 'x⁽ˡ⁺¹⁾ = x⁽ˡ⁾ + F(x⁽ˡ⁾)'],
  [String.raw`H_{\text{out}}=\left\lfloor\frac{H+2p-k}{s}\right\rfloor+1`, 'H_out = ⌊(H+2p−k)/s⌋ + 1'],
  [String.raw`\mathrm{IoU}=\frac{|A\cap B|}{|A\cup B|}`, 'IoU = |A ∩ B|/|A ∪ B|'],
  // reinforcement learning
  [
    String.raw`r_t(\theta)=\frac{\pi_\theta(a_t\mid s_t)}{\pi_{\theta_{\text{old}}}(a_t\mid s_t)}`,
    'rₜ(θ) = π_θ(aₜ | sₜ)/π_(θ_old)(aₜ | sₜ)',
  ],
  [
    String.raw`L^{CLIP}=\mathbb{E}_t\left[\min(r_tA_t,\operatorname{clip}(r_t,1-\epsilon,1+\epsilon)A_t)\right]`,
    'L^CLIP = 𝔼ₜ[min(rₜAₜ, clip(rₜ, 1 − ε, 1 + ε)Aₜ)]',
  ],
  [String.raw`\operatorname*{arg\,max}_\theta \log p(x\mid\theta)`, 'arg max_θ log p(x | θ)'],
  [String.raw`\argmin_w\sum_i\ell_i(w)`, 'arg min_w Σᵢ ℓᵢ(w)'],
  [String.raw`\max_{a}Q(s,a)`, 'maxₐ Q(s, a)'],
  // notation
  [String.raw`\Big(\prod_{k}W^{(k)\top}\Big)\frac{a}{b}`, '(Πₖ W⁽ᵏ⁾ᵀ)(a/b)'],
  [String.raw`\frac{(y_i-f(x_i))^2}{2\sigma^2}`, '(yᵢ−f(xᵢ))²/(2σ²)'],
  [
    String.raw`\begin{aligned}\theta&=0.9\times0.18+0.4\\&=0.562\end{aligned}`,
    'θ = 0.9 × 0.18 + 0.4\n= 0.562',
  ],
  [String.raw`\begin{bmatrix}1&-2\\0.5&4\end{bmatrix}x`, '[1, −2; 0.5, 4]x'],
  [String.raw`\frac{a+b}{c}`, '(a+b)/c'],
  [String.raw`\frac{\frac{a}{b}}{\frac{c}{d}}`, '(a/b)/(c/d)'],
  [String.raw`\frac12x`, '(1/2)x'],
  [String.raw`\binom{n}{k}`, '(n choose k)'],
  [String.raw`\lim_{n\to\infty}\left(1+\frac{1}{n}\right)^n=e`, 'lim_(n → ∞)(1 + 1/n)ⁿ = e'],
  [String.raw`\int_0^1 f(x)\,dx`, '∫₀¹ f(x) dx'],
  [String.raw`\underbrace{x+\cdots+x}_{n\text{ 次}}`, '(x + ⋯ + x)[n 次]'],
  [String.raw`x_{\text{训练}}+\text{中文}`, 'x_训练 + 中文'],
  [String.raw`-0.9\times0.18`, '−0.9 × 0.18'],
  [String.raw`2^{10}\,\mathrm{MB}=1{,}024\ \text{KB}`, '2¹⁰ MB = 1,024 KB'],
  [String.raw`\mathbb{1}\{y=k\}`, '𝟙{y = k}'],
  [String.raw`x^*=x'+f''(x)`, 'x* = x′ + f″(x)'],
  [String.raw`\log_2 8=3`, 'log₂ 8 = 3'],
  [String.raw`\left.\frac{df}{dx}\right|_{x=0}`, 'df/dx|ₓ₌₀'],
  [String.raw`\sqrt[3]{8}`, '∛8'],
  [String.raw`\text{batch\_size}=32`, 'batch_size = 32'],
];

describe('latexToText', () => {
  test.each(formulas)('%s', (latex, text) => {
    expect(latexToText(latex)).toBe(text);
  });

  test.each([
    [String.raw`\frac{1`, /close brace/i],
    [String.raw`\foo x`, /\\foo/],
    [String.raw`\begin{cases}x`, /cases/],
    [String.raw`x^2^3`, /exponent/i],
    [String.raw`\left( x`, /\\right/],
    [String.raw`\newcommand{\a}{b}`, /\\newcommand/],
    ['x'.repeat(4001), /4000/],
    ['{'.repeat(1900) + '}'.repeat(1800), /brace/i],
  ])('refuses %.40s', (latex, message) => {
    expect(() => latexToText(latex)).toThrow(LatexError);
    expect(latexFault(latex)).toMatch(message);
  });

  test('finds no fault in what it can read', () => {
    expect(formulas.map(([latex]) => latexFault(latex)).filter(Boolean)).toEqual([]);
  });

  test('leaves nothing of MathJax but its own name behind', () => {
    expect('require' in globalThis).toBe(false);
  });
});

describe('formulasOf', () => {
  test('finds both kinds in order, and no dollar that is a price or code', () => {
    const text = 'A $x$, `$no$`, \\$5 and $y_1$.\n\n$$\nz\n$$\n```\n$no$\n```\nalone $ and\n\nfar $';
    expect(formulasOf(text)).toEqual(['x', 'y_1', 'z']);
  });

  test('an escaped dollar inside a formula belongs to it', () => {
    expect(formulasOf(String.raw`$\text{\$}5$`)).toEqual([String.raw`\text{\$}5`]);
  });
});

describe('markdownToDiscord', () => {
  test.each<[name: string, text: string, shown: string]>([
    ['leaves markdown alone', '**bold** _it_ `code_x`\n- a\n- b', '**bold** _it_ `code_x`\n- a\n- b'],
    ['escapes what a formula holds', '令 $\\mu_{\\text{batch}}=|x|^*$。', '令 μ\\_batch = \\|x\\|\\*。'],
    ['quotes a display formula', 'so $$\\frac{a}{b}$$ holds', 'so\n> a/b\nholds'],
    ['drops blank lines around a quote', 'so\n\n$$\na=b\n$$\n\nholds', 'so\n> a = b\nholds'],
    ['starts and ends with a quote', '$$a$$', '> a'],
    ['quotes two in a row', '$$a$$\n$$b$$', '> a\n> b'],
    ['quotes each line', '$$\\begin{aligned}a&=b\\\\&=c\\end{aligned}$$', '> a = b\n> = c'],
    ['keeps an inline formula on its line', 'x $\\begin{aligned}a&=b\\\\&=c\\end{aligned}$', 'x a = b; = c'],
    ['writes a literal dollar', 'costs \\$5 or \\$6', 'costs $5 or $6'],
    ['shows a formula it cannot read as source', 'bad $\\foo$', 'bad `\\foo`'],
    [
      'keeps code',
      'use `a$b$c` and\n```py\nx = "$1 | 2$"\n```',
      'use `a$b$c` and\n```py\nx = "$1 | 2$"\n```',
    ],
    [
      'lists a table of two columns',
      '| 方法 | 公式 |\n|---|:-:|\n| L2 | $\\lambda\\|w\\|^2$ |\n| L1 | $|w|$ |\n\nend',
      '**方法** — **公式**\n- **L2** — λ‖w‖²\n- **L1** — \\|w\\|\n\nend',
    ],
    [
      'lists a wider table under its headings',
      '| | train | infer |\n|---|---|---|\n| BN | batch | running |\n| LN | a \\| b | |',
      '- **BN** — train: batch · infer: running\n- **LN** — train: a | b',
    ],
  ])('%s', (_, text, shown) => {
    expect(markdownToDiscord(text)).toBe(shown);
  });
});

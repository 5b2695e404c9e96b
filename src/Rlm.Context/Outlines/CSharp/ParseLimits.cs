namespace Rlm.Context.Outlines.CSharp;

/// <summary>
/// What the parser is trusted with. Measured on Roslyn 5.12 with 16 MiB of stack: 24,000 nested generics end the process, 20 nested
/// <c>a=(</c> take 0.6 s and twice that for each one more, 22 times <c>partial</c> take 1.8 s, 20,000 tokens without punctuation 0.5 s and more.
/// </summary>
internal static class ParseLimits
{
    /// <summary>Open brackets of all kinds, type argument lists included.</summary>
    public const int Depth = 500;

    /// <summary>Interpolated strings inside each other's holes.</summary>
    public const int Interpolations = 50;

    /// <summary>Type argument lists (or <c>&lt;</c> signs) open in one statement.</summary>
    public const int Angles = 200;

    /// <summary>Tokens on one level between <c>;</c>, <c>,</c> and braces: operator chains, prefix chains, text that is no code.</summary>
    public const int Run = 4_000;

    /// <summary>
    /// Sum of squares of all runs. The parser's error recovery is quadratic in a run (20,000 times <c>A?</c> take 3 s); a file above it
    /// is read again with runs cut at <see cref="ShortRun"/>.
    /// </summary>
    public const long RunSquares = 200_000_000;

    /// <summary>See <see cref="RunSquares"/>.</summary>
    public const int ShortRun = 100;

    /// <summary><c>partial</c> in one statement; each one doubles the parser's look-ahead.</summary>
    public const int Partials = 4;

    /// <summary>Length of an <c>else if</c> chain: read in a loop, but walked by recursion when something has to be skipped behind it.</summary>
    public const int Elses = 2_000;

    /// <summary>Closing brackets that close nothing; each costs the parser a message.</summary>
    public const int Strays = 10_000;

    /// <summary>
    /// Sum of 2^depth over all brackets, depth counted inside parentheses and square brackets: a bound on repeated look-ahead,
    /// of which a million take one to three seconds. Above it the deepest brackets are emptied until the sum fits.
    /// </summary>
    public const long LookAhead = 1_000_000;
}

namespace Rlm.Context.Outlines.CSharp;

/// <summary>One open bracket or interpolation hole while scanning.</summary>
internal struct Frame
{
    /// <summary><c>( [ {</c>, or <c>i</c> for a hole.</summary>
    public char Kind;

    /// <summary>Offset of what it holds.</summary>
    public int ContentStart;

    /// <summary>A <c>[</c> with which a run begins: thousands of attributes in a row are ordinary.</summary>
    public bool IsAttribute;

    /// <summary>Brackets open around it and itself, counted from the outermost <c>(</c> or <c>[</c>; 0 outside of any.</summary>
    public int Inner;

    /// <summary>Open <c>&lt;</c> on this level.</summary>
    public int Angles;

    /// <summary>Tokens since the last separator on this level.</summary>
    public int Run;

    /// <summary><c>partial</c> since the last separator on this level.</summary>
    public int Partials;

    /// <summary><c>else</c> since the last <c>if</c> that did not follow one.</summary>
    public int Elses;

    /// <summary>For a hole: how its string goes on.</summary>
    public StringForm Form;
}

/// <summary>How a string literal is written.</summary>
/// <param name="Verbatim">With <c>@</c>.</param>
/// <param name="Quotes">Quotes of a raw string, else 0.</param>
/// <param name="Dollars">Dollar signs; 0 = not interpolated.</param>
internal readonly record struct StringForm(bool Verbatim, int Quotes, int Dollars);

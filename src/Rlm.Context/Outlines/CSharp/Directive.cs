namespace Rlm.Context.Outlines.CSharp;

/// <summary>A preprocessor line.</summary>
/// <param name="Word">What follows the <c>#</c>.</param>
/// <param name="Text">The rest of the line, without a <c>//</c> comment.</param>
internal readonly record struct Directive(string Word, ReadOnlyMemory<char> Text)
{
    public ReadOnlySpan<char> Argument => Text.Span;

    /// <summary>Reads the line that begins with <c>#</c> at <paramref name="start"/>.</summary>
    public static Directive Read(string text, int start, int end)
    {
        var at = start + 1;
        while (at < end && text[at] is ' ' or '\t') at++;
        var word = at;
        while (at < end && char.IsAsciiLetter(text[at])) at++;
        var rest = text.AsMemory(at, end - at);
        if (rest.Span.IndexOf("//") is var comment and >= 0) rest = rest[..comment];
        return new Directive(Known(text.AsSpan(word, at - word)), rest);
    }

    private static string Known(ReadOnlySpan<char> word) => word switch
    {
        "if" => "if",
        "elif" => "elif",
        "else" => "else",
        "endif" => "endif",
        "define" => "define",
        "undef" => "undef",
        _ => "",
    };
}

using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>
/// A growing piece of HTML. What stands in a hole of an interpolated text is encoded as text, so that nothing from outside can be forgotten; only <see cref="Markup"/> goes in as it is:
/// <code>
/// html.Add($"&lt;h1 class="task"&gt;{task}&lt;/h1&gt;");
/// </code>
/// Numbers are written for everybody alike (1,234.5). Control, bidi and zero-width characters are shown as <c>\u{202e}</c>: they could hide or turn round what stands there.
/// </summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new(), _next = new();

    /// <summary>Characters so far.</summary>
    public int Length => _text.Length;

    /// <summary>Appends markup with encoded holes.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] ref Holes markup) => _text.Append(markup.Text);

    /// <summary>Appends another piece.</summary>
    public void Add(Html other) => _text.Append(other._text);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>A text with what is invisible made visible; the same where there is nothing of the kind.</summary>
    public static string Visible(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain)) return text;
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal); // an ordinary end of a line hides nothing
        var shown = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
            if (IsHidden(rune)) shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else shown.Append(rune);
        return shown.ToString();
    }

    /// <summary>A text as HTML text, good in attributes with quotes too.</summary>
    public static string Encoded(string text) => WebUtility.HtmlEncode(Visible(text));

    // What is being interpolated; a hole that writes to the same piece would mix the two up, and none does.
    private StringBuilder Next(int length)
    {
        _next.Clear().EnsureCapacity(length);
        return _next;
    }

    private static readonly System.Buffers.SearchValues<char> Plain = System.Buffers.SearchValues.Create("\n\t" + string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)));

    private static bool IsHidden(Rune rune) => rune.Value is not ('\n' or '\t')
        && (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>Takes the parts of an interpolated text.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Holes(int literals, int holes, Html html)
    {
        /// <summary>All of it.</summary>
        public StringBuilder Text { get; } = html.Next(literals + (holes * 16));

        public void AppendLiteral(string markup) => Text.Append(markup);

        public void AppendFormatted(string? text) => Text.Append(text is null ? "" : Encoded(text));

        public void AppendFormatted(Markup markup) => Text.Append(markup.Text);

        public void AppendFormatted<T>(T value, string? format = null) where T : struct, IFormattable => Text.Append(Encoded(value.ToString(format, CultureInfo.InvariantCulture)));
    }
}

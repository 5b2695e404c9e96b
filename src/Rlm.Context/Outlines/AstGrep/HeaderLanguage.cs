using System.Text.RegularExpressions;

namespace Rlm.Context.Outlines.AstGrep;

/// <summary>Which grammar reads a text. Header files are C++ by their ending; those that show nothing of it are read as C, where words such as <c>class</c> and <c>new</c> are plain names.</summary>
internal static partial class HeaderLanguage
{
    private const int Looked = 200_000;

    /// <summary>The language whose rules are for the text.</summary>
    public static string Of(OutlineItem item) =>
        item.Language == "cpp" && item.Path.Name.EndsWith(".h", StringComparison.OrdinalIgnoreCase) && !Cpp().IsMatch(item.Text.Text.AsSpan(0, Math.Min(Looked, item.Text.Text.Length))) ? "c" : item.Language;

    [GeneratedRegex(@"^[ \t]*(?:class[ \t]+\w+|namespace\b|template[ \t]*<|using[ \t]+\w+|(?:public|private|protected)[ \t]*:|enum[ \t]+class\b|struct[ \t]+\w+[ \t]*(?:final[ \t]*)?:[^:])|\w::[~\w]|\bconstexpr\b|\bvirtual\b|\bnullptr\b|[\w>][ \t]*&[ \t]*\w+[ \t]*[,)]|\boperator[ \t]*[^\w\s]", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Cpp();
}

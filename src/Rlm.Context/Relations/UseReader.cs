using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Relations.CSharp;
using Rlm.Context.Relations.Plain;

namespace Rlm.Context.Relations;

/// <summary>
/// Reads the uses of names in one file: by Roslyn's tree for C#, by a lexer for other languages, and as words of a text for everything else. A binder comes behind it: it takes
/// the uses of a file and gives the same ones back with a better certainty.
/// </summary>
internal sealed class UseReader(ContextStore store, Func<string, bool> isType, CancellationToken cancellationToken)
{
    /// <summary>Uses of the names in file order, mentions included.</summary>
    public IReadOnlyList<NameUse> Read(WholeText text, IReadOnlyCollection<string> names)
    {
        var places = WordPlaces.Of(text.Text.Text, names);
        if (places.Count == 0) return [];
        if (text.Language == "csharp") return CSharpUses.Read(text.Text, IsScript(text.Path), places, cancellationToken);
        if (LexicalRules.Of(text.Language) is { } rules) return PlainUses.Read(text.Text, rules, places, () => store.OutlineOf(text, cancellationToken), isType);
        var kind = IsProse(text.Language) ? SiteKinds.Mention : SiteKinds.Unknown;
        return [.. places.Select(place => new NameUse(place.Name, place.Offset, kind, Certainty.Text))];
    }

    /// <summary>All identifiers of some lines of a file; none where its language is not read as code.</summary>
    public IReadOnlyList<NameUse> ReadAll(WholeText text, LineRange lines)
    {
        if (lines.Count <= 0 || lines.End > text.LineCount) return [];
        if (text.Language == "csharp") return CSharpUses.ReadAll(text.Text, IsScript(text.Path), lines, cancellationToken);
        return LexicalRules.Of(text.Language) is { } rules ? PlainUses.ReadAll(text.Text, rules, lines, () => store.OutlineOf(text, cancellationToken)) : [];
    }

    /// <summary>Whether a language is read as code.</summary>
    public static bool IsCode(string language) => language == "csharp" || LexicalRules.Of(language) is not null;

    /// <summary>Whether a language is prose: a word there tells of a name and does not use it.</summary>
    public static bool IsProse(string language) => language is "markdown" or "text" or "rst" or "asciidoc" or "org" or "log" or "csv" or "diff" or "gettext" or "latex" or "ignore";

    private static bool IsScript(RepoPath path) => path.Name.EndsWith(".csx", StringComparison.OrdinalIgnoreCase);
}

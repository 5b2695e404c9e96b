using System.Text;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Search.Matching;

/// <summary>
/// Rewrites a pattern so that on a whole text it matches what the original matches on each line alone: whatever takes a character takes no line break,
/// and ends of the text become ends of lines. So one call of the matcher passes over all lines that do not match.
/// <code>
/// ^\s*[^;]*$   →   ^[\s-[\r\n]]*[^\r\n;]*(?![^\r\n])
/// </code>
/// Holds for texts in which a carriage return stands only before a line feed, and with <see cref="System.Text.RegularExpressions.RegexOptions.Multiline"/>.
/// One match may be too many: an empty one between the two characters of a line break.
/// </summary>
internal sealed class LineConfinement
{
    private const string Breaks = @"\r\n";

    private static readonly CharacterSet BreakSet = CharacterSet.Of('\r') | CharacterSet.Of('\n');

    private readonly PatternTree _tree;
    private readonly bool _looksAhead;
    private readonly StringBuilder _rewritten = new();
    private int _copied;
    private bool _isLost;

    private LineConfinement(PatternTree tree, bool looksAhead) => (_tree, _looksAhead) = (tree, looksAhead);

    /// <summary>The carriage returns of a text matter: without a change the pattern would take them, or takes their places for ends of lines.</summary>
    public bool MindsReturns { get; private set; }

    /// <summary>No carriage return may be in the text at all.</summary>
    public bool ForbidsReturns { get; private set; }

    /// <summary>The rewritten pattern.</summary>
    public string Pattern { get; private set; } = "";

    /// <summary>Null when the pattern cannot be rewritten.</summary>
    /// <param name="tree">The pattern.</param>
    /// <param name="looksAhead">The matcher understands look-arounds; without them ends of lines are found only in texts without carriage returns.</param>
    public static LineConfinement? Of(PatternTree tree, bool looksAhead)
    {
        if (tree.SetsLineMode) return null;
        var confinement = new LineConfinement(tree, looksAhead);
        confinement.Anchor(tree.Root);
        confinement.Visit(tree.Root);
        if (confinement._isLost) return null;
        confinement.Pattern = confinement._rewritten.Append(tree.Pattern, confinement._copied, tree.Pattern.Length - confinement._copied).ToString();
        return confinement;
    }

    // What begins with .* matches from the beginning of a line if it matches at all there; .NET knows this of .* but not of [^\r\n]*.
    private void Anchor(PatternNode root)
    {
        if (root is PatternNode.Sequence { Parts: [var first, ..] }) root = first;
        if (root is PatternNode.Repeat { Most: int.MaxValue, Once: PatternNode.Character { Start: 0, End: 1 } } && _tree.Pattern[0] == '.') _rewritten.Append('^');
    }

    private void Visit(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.Character character: Visit(character); break;
            case PatternNode.Place place: Visit(place); break;
            case PatternNode.Repeat repeat: Visit(repeat.Once); break;
            case PatternNode.Sequence sequence:
                foreach (var part in sequence.Parts) Visit(part);
                break;
            case PatternNode.Either either:
                foreach (var branch in either.Branches) Visit(branch);
                break;
            default:
                // Look-arounds, atomic groups and back-references: .NET's matcher has told of matches that begin before the place where it was to start.
                _isLost = true;
                break;
        }
    }

    private void Visit(PatternNode.Place place)
    {
        switch (place.Kind)
        {
            case '$' or 'z' or 'Z':
                (MindsReturns, ForbidsReturns) = (true, !_looksAhead);
                Replace(place.Start, place.End, _looksAhead ? @"(?![^\r\n])" : "$");
                break;
            case 'A':
                Replace(place.Start, place.End, "^");
                break;
            case 'G':
                _isLost = true;
                break;
        }
    }

    private void Visit(PatternNode.Character character)
    {
        if (!character.Set.Meets(BreakSet)) return;
        MindsReturns = true;
        var source = _tree.Pattern[character.Start..character.End];
        if (source == ".") Replace(character.Start, character.End, $"[^{Breaks}]");
        else if (source[0] != '[') Replace(character.Start, character.End, $"[{source}-[{Breaks}]]");
        else if (source.StartsWith("[^", StringComparison.Ordinal) && source[2] is not ('-' or ']')) Replace(character.Start + 2, character.Start + 2, Breaks);
        else if (source[^2] != '-' && source.IndexOf('[', 1) < 0) Replace(character.End - 1, character.End - 1, $"-[{Breaks}]");
        else _isLost = true;
    }

    private void Replace(int start, int end, string text)
    {
        _rewritten.Append(_tree.Pattern, _copied, start - _copied).Append(text);
        _copied = end;
    }
}

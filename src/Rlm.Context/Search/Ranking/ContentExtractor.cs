using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Outlines;

namespace Rlm.Context.Search.Ranking;

/// <summary>
/// Makes what the index keeps of an outlined text. Keeps its buffers: one for each thread.
/// <code>
/// var content = extractor.Extract(OutlineKey.Of(hash, path, language), text, Outliner.Outline(path, language, text, cancellationToken));
/// writer.PutContent(content);
/// </code>
/// </summary>
internal sealed class ContentExtractor
{
    private readonly UnitTerms _terms = new();
    private readonly List<UnitPosting> _postings = [];

    /// <summary>The content of a text. Deterministic. O(text).</summary>
    public OutlinedContent Extract(UInt128 key, FileText text, Outline outline)
    {
        var symbols = new SymbolTable(outline);
        var units = StructuralUnits.Of(symbols, text.Lines);
        var names = new string[symbols.Count];
        for (var place = 0; place < names.Length; place++) names[place] = SymbolKinds.IsName(symbols[place].Kind) ? symbols[place].Name : "";
        return new()
        {
            Key = key,
            Outline = OutlineCodec.Encode(new(outline, units)),
            Names = names,
            UnitCount = units.Units.Length,
            Postings = Postings(text.Lines, symbols, units).ToArray(),
        };
    }

    /// <summary>The terms of all units alone; good until the next call.</summary>
    public List<UnitPosting> Postings(LineMap lines, SymbolTable symbols, UnitMap units)
    {
        _postings.Clear();
        var byUnit = units.Runs.ToArray();
        Array.Sort(byUnit, (left, right) => left.Unit != right.Unit ? left.Unit.CompareTo(right.Unit) : left.Lines.Start.CompareTo(right.Lines.Start));
        var run = 0;
        for (var unit = 0; unit < units.Units.Length; unit++)
        {
            var place = units.Units[unit].Symbol;
            var bodyStart = 0;
            if (place >= 0)
            {
                bodyStart = symbols[place].Range.Start;
                AddSymbol(symbols, place);
            }
            for (; run < byUnit.Length && byUnit[run].Unit == unit; run++) AddLines(lines, byUnit[run].Lines, bodyStart);
            _terms.Finish(unit, _postings);
        }
        return _postings;
    }

    private void AddSymbol(SymbolTable symbols, int place)
    {
        _terms.Add(symbols[place].Name, TermField.Name);
        _terms.Add(symbols[place].Signature, TermField.Signature);
        for (var parent = symbols.ParentOf(place); parent >= 0; parent = symbols.ParentOf(parent))
            if (symbols[parent].Kind != SymbolKinds.Namespace) _terms.Add(symbols[parent].Name, TermField.Holder);
    }

    private void AddLines(LineMap lines, LineRange range, int bodyStart)
    {
        if (range.Start < bodyStart)
        {
            var doc = new LineRange(range.Start, Math.Min(range.End, bodyStart - 1));
            _terms.Add(lines.Lines(doc), TermField.Doc);
            range = new(doc.End + 1, range.End);
        }
        _terms.Add(lines.Lines(range), TermField.Body);
    }
}

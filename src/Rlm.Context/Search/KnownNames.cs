namespace Rlm.Context.Search;

/// <summary>The names of the index that may fit a question: looked for once, scored as far as is needed.</summary>
internal sealed class KnownNames
{
    private readonly NameTable _table;
    private readonly string _asked, _plain;
    private readonly bool _needsPath, _isQualified;
    private readonly IReadOnlyCollection<string> _names;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Looks at all names of a table.</summary>
    /// <exception cref="Index.IndexDamagedException">The index is damaged.</exception>
    public KnownNames(NameTable table, string asked, CancellationToken cancellationToken)
    {
        var name = SymbolSearch.LastPart(asked);
        (_table, _asked, _cancellationToken, _isQualified) = (table, asked, cancellationToken, name != asked);
        _plain = name.IndexOfAny(['(', '`', '<', '[']) is var cut and > 0 ? name[..cut] : name;
        _needsPath = _isQualified || _plain != name;
        _names = table.Names(new LetterFilter(_plain, SymbolScore.Tolerance(_plain)).Passes, cancellationToken);
    }

    /// <summary>Hits that are no near misses.</summary>
    /// <exception cref="Index.IndexDamagedException">The index is damaged.</exception>
    public List<SymbolHit> Solid() => Find(SymbolScore.Solid);

    /// <summary>All hits.</summary>
    /// <exception cref="Index.IndexDamagedException">The index is damaged.</exception>
    public List<SymbolHit> All() => Find(1);

    private List<SymbolHit> Find(int least)
    {
        var fitting = _names.Select(name => (Name: name, Score: Score(name))).Where(found => found.Score >= least);
        var symbols = fitting.SelectMany(found => _table.Named(found.Name, found.Score)).ToList();
        if (_needsPath) symbols = _table.Rescored(symbols, symbol => SymbolScore.Of(_asked, symbol.Name, symbol.Path), _cancellationToken);
        return [.. _table.Hits(symbols.Where(symbol => symbol.Score >= least))];
    }

    private int Score(string name)
    {
        var score = SymbolScore.Of(_plain, name, name);
        return _plain == _asked ? score : Math.Max(score, SymbolScore.Of(_asked, name, name));
    }
}

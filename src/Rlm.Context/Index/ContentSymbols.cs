using Rlm.Context.Outlines;

namespace Rlm.Context.Index;

/// <summary>Reads single symbols of the contents of an index. Keeps the outlines that it read last, so that many symbols of one file cost one reading. Safe to use from many threads.</summary>
internal sealed class ContentSymbols(IEngineSnapshot engine)
{
    private const int MaxKept = 200_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, StoredSymbols> _kept = [];
    private int _symbols;

    /// <summary>The symbol with a number, without its children.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public Symbol At(int content, int ordinal) => Of(Read(content), ordinal);

    /// <summary>The outline of a content.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public StoredSymbols Read(int content) => Kept(content) ?? Read(content, engine.Outline(content));

    /// <summary>The same from its bytes.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public StoredSymbols Read(int content, ReadOnlySpan<byte> outline)
    {
        var symbols = OutlineCodec.DecodeSymbols(outline);
        Keep(content, symbols);
        return symbols;
    }

    /// <summary>The outline of a content when it was read before and is kept; null otherwise.</summary>
    public StoredSymbols? Kept(int content)
    {
        lock (_gate) return _kept.GetValueOrDefault(content);
    }

    /// <summary>The symbol with a number.</summary>
    /// <exception cref="IndexDamagedException">There is none.</exception>
    public static Symbol Of(StoredSymbols symbols, int ordinal) => ordinal < symbols.Count ? symbols[ordinal] : throw new IndexDamagedException("an outline has not the symbols that it should");

    private void Keep(int content, StoredSymbols symbols)
    {
        lock (_gate)
        {
            if (_symbols + symbols.Count > MaxKept)
            {
                _kept.Clear();
                _symbols = 0;
            }
            if (_kept.TryAdd(content, symbols)) _symbols += symbols.Count;
        }
    }
}

namespace Rlm.Context.Index.Segments;

/// <summary>The contents of a segment in memory: about 60 bytes each. Never changes.</summary>
internal sealed class ContentTable
{
    private readonly Dictionary<UInt128, int> _byKey;
    private readonly UInt128[] _keys;
    private readonly int[] _firstUnits, _firstSymbols;

    /// <summary>Reads them.</summary>
    /// <exception cref="IndexDamagedException">They make no sense.</exception>
    public ContentTable(ByteStream records, ContentSegmentFooter footer)
    {
        _keys = new UInt128[footer.Contents];
        (_firstUnits, _firstSymbols, _byKey) = (new int[footer.Contents + 1], new int[footer.Contents + 1], new(footer.Contents));
        (_firstUnits[^1], _firstSymbols[^1]) = (footer.Units, footer.Symbols);
        Span<byte> bytes = stackalloc byte[ContentRecord.Bytes];
        for (var content = 0; content < _keys.Length; content++)
        {
            records.Read(bytes);
            (_keys[content], _, _firstUnits[content], _firstSymbols[content]) = ContentRecord.ReadFrom(bytes);
            // Of contents with one key only the last can live: it was put after the others were removed.
            _byKey[_keys[content]] = content;
        }
        Check(_firstUnits);
        Check(_firstSymbols);
    }

    /// <summary>How many contents.</summary>
    public int Count => _keys.Length;

    /// <summary>The first unit of each content, and behind the last the number of units.</summary>
    public ReadOnlySpan<int> FirstUnits => _firstUnits;

    /// <summary>The first symbol of each content, and behind the last the number of symbols.</summary>
    public ReadOnlySpan<int> FirstSymbols => _firstSymbols;

    /// <summary>A content's key.</summary>
    public UInt128 KeyOf(int content) => _keys[content];

    /// <summary>The last content with a key; -1 when there is none.</summary>
    public int Find(UInt128 key) => _byKey.GetValueOrDefault(key, -1);

    /// <summary>The content that has a unit or symbol.</summary>
    /// <param name="firsts"><see cref="FirstUnits"/> or <see cref="FirstSymbols"/>.</param>
    /// <param name="number">The unit or symbol.</param>
    public static int ContentOf(ReadOnlySpan<int> firsts, int number)
    {
        var (low, high) = (0, firsts.Length - 1);
        // The last that starts at or before it: contents without any share their first.
        while (low + 1 < high)
        {
            var middle = (low + high) >>> 1;
            if (firsts[middle] <= number) low = middle;
            else high = middle;
        }
        return low;
    }

    private static void Check(int[] firsts)
    {
        if (firsts[0] != 0) throw new IndexDamagedException("a content makes no sense");
        for (var content = 1; content < firsts.Length; content++)
            if (firsts[content] < firsts[content - 1]) throw new IndexDamagedException("a content makes no sense");
    }
}

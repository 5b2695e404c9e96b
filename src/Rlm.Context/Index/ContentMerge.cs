using Rlm.Context.Index.Segments;

namespace Rlm.Context.Index;

/// <summary>Makes one segment of several of contents, without what is dead. Memory: the contents and the dictionary of terms, not the postings, names or outlines.</summary>
internal static class ContentMerge
{
    private static readonly Comparer<NameSource> ByName = Comparer<NameSource>.Create((one, other) => one.Name.AsSpan().SequenceCompareTo(other.Name));

    /// <summary>Writes the merged segment.</summary>
    /// <param name="segments">The segments, with what is dead in them.</param>
    /// <param name="held">Gives their readers.</param>
    /// <param name="output">The new file.</param>
    /// <param name="cancellationToken">Checked now and then.</param>
    public static SegmentInfo Run(List<WrittenSegment> segments, HeldSegments held, SegmentOutput output, CancellationToken cancellationToken)
    {
        var contents = new List<ContentRecord>();
        int units = 0, symbols = 0;
        var sources = segments.ConvertAll(Copy);
        var writer = new ContentSegmentWriter(output.File, output.Blobs);
        WriteTerms(writer, sources, cancellationToken);
        writer.EndTerms();
        WriteNames(writer, sources, cancellationToken);
        return writer.Finish(output.Id, contents, units, symbols);

        Source Copy(WrittenSegment segment)
        {
            var reader = held.Of<ContentSegmentReader>(segment);
            var table = reader.Table;
            int[] unitShifts = new int[table.Count], symbolShifts = new int[table.Count];
            for (var content = 0; content < table.Count; content++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (firstUnit, firstSymbol) = (table.FirstUnits[content], table.FirstSymbols[content]);
                (unitShifts[content], symbolShifts[content]) = (ShiftedNumbers.Gone, ShiftedNumbers.Gone);
                if (segment.Dead.Contains(content)) continue;
                (unitShifts[content], symbolShifts[content]) = (units - firstUnit, symbols - firstSymbol);
                contents.Add(new(table.KeyOf(content), output.Blobs.Copy(reader.Blobs, reader.BlobOf(content)), units, symbols));
                units = checked(units + table.FirstUnits[content + 1] - firstUnit);
                symbols = checked(symbols + table.FirstSymbols[content + 1] - firstSymbol);
            }
            return new(reader, new(table.FirstUnits.ToArray(), unitShifts), new(table.FirstSymbols.ToArray(), symbolShifts));
        }
    }

    private static void WriteTerms(ContentSegmentWriter writer, List<Source> sources, CancellationToken cancellationToken)
    {
        var lists = sources.ConvertAll(source => new TermSource(source.Reader, source.Units));
        try
        {
            var left = lists.FindAll(list => list.MoveNext());
            for (var round = 0; left.Count > 0; round++)
            {
                if ((round & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
                var term = left.Min(list => list.Term);
                left.RemoveAll(list => list.Term == term && !list.MoveTo(writer));
            }
        }
        finally
        {
            lists.ForEach(list => list.Dispose());
        }
    }

    private static void WriteNames(ContentSegmentWriter writer, List<Source> sources, CancellationToken cancellationToken)
    {
        var lists = sources.ConvertAll(source => new NameSource(source.Reader, source.Symbols));
        try
        {
            var left = lists.FindAll(list => list.MoveNext());
            var symbols = new List<int>();
            for (var round = 0; left.Count > 0; round++)
            {
                if ((round & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
                var name = left.Min(ByName)!.Name;
                symbols.Clear();
                left.RemoveAll(list => list.Name.AsSpan().SequenceEqual(name) && !list.MoveTo(symbols));
                if (symbols.Count > 0) writer.AddName(name, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(symbols));
            }
        }
        finally
        {
            lists.ForEach(list => list.Dispose());
        }
    }

    private sealed record Source(ContentSegmentReader Reader, ShiftedNumbers Units, ShiftedNumbers Symbols);

    private sealed class TermSource(ContentSegmentReader reader, ShiftedNumbers shifted) : IDisposable
    {
        private readonly IEnumerator<TermEntry> _terms = reader.Terms().GetEnumerator();
        private readonly ByteStream _postings = reader.AllPostings();
        private readonly int[] _units = new int[256];
        private readonly byte[] _impacts = new byte[256];

        public ulong Term => _terms.Current.Term;

        public bool MoveNext() => _terms.MoveNext();

        /// <summary>Writes the postings that live on and goes to the next term; false when this was the last.</summary>
        public bool MoveTo(ContentSegmentWriter writer)
        {
            var postings = reader.Postings(_terms.Current, _postings);
            for (int count; (count = postings.Read(_units, _impacts)) > 0;)
                for (var index = 0; index < count; index++)
                    if (shifted.Of(_units[index]) is >= 0 and var unit) writer.AddPosting(Term, unit, _impacts[index]);
            return _terms.MoveNext();
        }

        public void Dispose()
        {
            _postings.Dispose();
            _terms.Dispose();
        }
    }

    private sealed class NameSource(ContentSegmentReader reader, ShiftedNumbers shifted) : IDisposable
    {
        private readonly NameStream _names = reader.Names();

        public byte[] Name { get; private set; } = [];

        public bool MoveNext()
        {
            var last = Name;
            if (!_names.MoveNext()) return false;
            if (last.Length > 0 && _names.Name.SequenceCompareTo(last) <= 0) throw new IndexDamagedException("the names are not in order");
            Name = _names.Name.ToArray();
            return true;
        }

        /// <summary>Adds the symbols that live on and goes to the next name; false when this was the last.</summary>
        public bool MoveTo(List<int> symbols)
        {
            foreach (var symbol in _names.ReadSymbols())
                if (shifted.Of(symbol) is >= 0 and var now) symbols.Add(now);
            return MoveNext();
        }

        public void Dispose() => _names.Dispose();
    }
}

using Rlm.Context.Index.Segments;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index;

/// <summary>Makes one segment of several, without what is dead. Memory: the file table and the dictionary, not the postings.</summary>
internal static class SegmentMerge
{
    /// <summary>Writes the merged segment.</summary>
    /// <param name="readers">The segments to read, in order.</param>
    /// <param name="segments">The same, with what is dead in them.</param>
    /// <param name="output">The new file.</param>
    /// <param name="id">Its name.</param>
    /// <param name="moved">Told each path and its document in the merged segment.</param>
    /// <param name="cancellationToken">Checked now and then.</param>
    public static SegmentInfo Run(List<SegmentReader> readers, List<WrittenSegment> segments, IIndexOutput output, ulong id, Action<string, int> moved, CancellationToken cancellationToken)
    {
        var files = new List<IndexedFile>();
        var sources = new List<Source>();
        for (var index = 0; index < readers.Count; index++)
        {
            var documents = new int[readers[index].Files];
            for (var document = 0; document < documents.Length; document++)
            {
                documents[document] = segments[index].Dead.Contains(document) ? -1 : files.Count;
                if (documents[document] >= 0) files.Add(readers[index].File(document));
            }
            sources.Add(new(readers[index], documents));
        }
        var writer = new SegmentWriter(output, files);
        WriteLists(writer, sources, cancellationToken);
        var info = writer.Finish(id);
        for (var document = 0; document < files.Count; document++) moved(files[document].Path, document);
        return info;
    }

    private static void WriteLists(SegmentWriter writer, List<Source> sources, CancellationToken cancellationToken)
    {
        var documents = new List<int>();
        sources.RemoveAll(source => !source.MoveNext());
        for (var round = 0; sources.Count > 0; round++)
        {
            if ((round & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            var trigram = sources.Min(source => source.Trigram);
            documents.Clear();
            for (var index = 0; index < sources.Count; index++)
                if (sources[index].Trigram == trigram && !sources[index].Take(documents)) sources.RemoveAt(index--);
            writer.Add(trigram, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(documents));
        }
    }

    private sealed class Source(SegmentReader reader, int[] documents)
    {
        private readonly IEnumerator<TrigramEntry> _entries = reader.Entries().GetEnumerator();

        public uint Trigram => _entries.Current.Trigram;

        public bool MoveNext() => _entries.MoveNext();

        /// <summary>Adds the documents that live on; false when this was the last entry.</summary>
        public bool Take(List<int> into)
        {
            var postings = reader.Postings(_entries.Current);
            for (int document; (document = postings.Next()) >= 0;)
                if (documents[document] >= 0) into.Add(documents[document]);
            return _entries.MoveNext();
        }
    }
}

using System.Runtime.InteropServices;
using Rlm.Context.Index.Segments;

namespace Rlm.Context.Index;

/// <summary>Makes one segment of several of files, without what is dead. Memory: the file table and the dictionary, not the postings nor the texts.</summary>
internal static class FileMerge
{
    /// <summary>Writes the merged segment.</summary>
    /// <param name="segments">The segments, with what is dead in them.</param>
    /// <param name="held">Gives their readers.</param>
    /// <param name="output">The new file.</param>
    /// <param name="cancellationToken">Checked now and then.</param>
    public static SegmentInfo Run(List<WrittenSegment> segments, HeldSegments held, SegmentOutput output, CancellationToken cancellationToken)
    {
        var files = new FileTable();
        var sources = segments.ConvertAll(segment => new Source(held.Of<FileSegmentReader>(segment), Copy(segment)));
        var writer = new FileSegmentWriter(output.File, output.Blobs, files);
        WriteLists(writer, sources, cancellationToken);
        return writer.Finish(output.Id);

        int[] Copy(WrittenSegment segment)
        {
            var reader = held.Of<FileSegmentReader>(segment);
            var documents = new int[reader.Files];
            reader.Scan((int document, in FileVersion version) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                documents[document] = segment.Dead.Contains(document) ? -1 : files.Count;
                if (documents[document] >= 0) files.Add(version, reader.Path(document), output.Blobs.Copy(reader.Blobs, reader.BlobOf(document)));
            });
            return documents;
        }
    }

    private static void WriteLists(FileSegmentWriter writer, List<Source> sources, CancellationToken cancellationToken)
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
            writer.Add(trigram, CollectionsMarshal.AsSpan(documents));
        }
    }

    private sealed class Source(FileSegmentReader reader, int[] documents)
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

using Rlm.Context.Index;
using Rlm.Context.Index.Segments;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Tests.Index;

/// <summary>Calls everything that reads a segment.</summary>
internal static class SegmentWalk
{
    /// <summary>Ends, or throws <see cref="IndexDamagedException"/>; no call takes more than four times the segment's size, and something for the blocks that are kept.</summary>
    public static void All(SegmentReader reader)
    {
        byte[] buffer = [];
        for (var item = 0; item < reader.Info.Items; item++)
            Bounded(reader, () =>
            {
                if (reader.BlobOf(item) is { Length: >= 0 } blob) reader.Blobs.Read(blob, ref buffer);
            });
        Files((FileSegmentReader)reader);
        reader.Verify(default);
    }

    private static void Files(FileSegmentReader reader)
    {
        for (var document = 0; document < reader.Files; document++) Bounded(reader, () => reader.File(document));
        reader.Scan((int _, in FileVersion _) => { });
        foreach (var entry in reader.Entries())
        {
            var postings = reader.Postings(entry);
            while (postings.Next() >= 0) ;
        }
        foreach (var trigram in Trigram.AllOf("alpha beta")) Bounded(reader, () => SegmentQuery.Run(reader, TrigramQuery.Of([trigram])));
    }

    private static void Bounded(SegmentReader reader, Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (4 * reader.Info.Length) + (8 * CheckedWriter.BlockBytes));
    }
}

using System.Text;
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
        if (reader is FileSegmentReader files) Files(files);
        else Contents((ContentSegmentReader)reader);
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

    private static void Contents(ContentSegmentReader reader)
    {
        Bounded(reader, () => reader.Table.Find(0));
        var part = Part(reader);
        var isWanted = Enumerable.Repeat(true, reader.Info.Items).ToArray();
        foreach (var entry in reader.Terms()) Bounded(reader, () => UnitRanking.Run(part, [new(entry.Term, 1)], isWanted, new(3), default), fixedBytes: 1 << 20);
        foreach (var name in new[] { "Main", "x", "zzz" }) Bounded(reader, () => reader.SymbolsNamed(Encoding.UTF8.GetBytes(name)));
        using var names = reader.Names();
        while (names.MoveNext()) Bounded(reader, () => names.ReadSymbols());
    }

    private static SnapshotPart<ContentSegmentReader> Part(ContentSegmentReader reader) => SnapshotPart<ContentSegmentReader>.Of(new(1, [new(reader.Info, [])]), [reader]).Single();

    private static void Bounded(SegmentReader reader, Action action, int fixedBytes = 0)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (4 * reader.Info.Length) + (8 * CheckedWriter.BlockBytes) + fixedBytes);
    }
}

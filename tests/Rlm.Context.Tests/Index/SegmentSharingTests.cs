using Rlm.Context.Index;

namespace Rlm.Context.Tests.Index;

/// <summary>Generations of one engine share the segments that they have in common.</summary>
public class SegmentSharingTests
{
    private readonly SimulatedDisk _disk = new();

    [Fact]
    public void OpenAfterASmallCommit_OpensOnlyTheNewSegment()
    {
        var engine = new OwnEngine(_disk);
        for (var file = 0; file < 4; file++) Put(engine, file);
        using var before = engine.Open();
        Put(engine, 4);
        _disk.Calls.Clear();
        using var after = engine.Open();
        Assert.Equal(5, after.FileCount);
        Assert.Single(_disk.Calls, call => call == "open segment");
    }

    [Fact]
    public void SharedSegment_IsReadableUntilTheLastSnapshotIsDisposed()
    {
        var engine = new OwnEngine(_disk);
        Put(engine, 0);
        var before = engine.Open();
        var after = engine.Open();
        Assert.Equal(1, _disk.OpenFiles);
        before.Dispose();
        before.Dispose();
        Assert.Equal("f0", after.File(after.Files.Single()).Path);
        after.Verify(default);
        after.Dispose();
        Assert.Equal(0, _disk.OpenFiles);
        using var again = engine.Open();
        Assert.Equal(1, again.FileCount);
    }

    [Fact]
    public void Writer_UsesTheSegmentsOfAnOpenSnapshot()
    {
        var engine = new OwnEngine(_disk);
        Put(engine, 0);
        using var snapshot = engine.Open();
        _disk.Calls.Clear();
        Put(engine, 0);
        Assert.DoesNotContain("open segment", _disk.Calls);
    }

    [Fact]
    public void PathsOfOneHash_AreKeptApart()
    {
        var places = new PlaceTable(0);
        var segment = new WrittenSegment();
        for (var item = 0; item < 4; item++) places.Add(7, new(segment, item));
        Assert.Null(places.Remove(8, _ => true));
        Assert.Null(places.Remove(7, place => place.Item == 4));
        foreach (var item in new[] { 2, 0, 3, 1 }) Assert.Equal(item, places.Remove(7, place => place.Item == item)?.Item);
        Assert.Null(places.Remove(7, _ => true));
    }

    private static void Put(OwnEngine engine, int file)
    {
        using var writer = engine.OpenWriter();
        writer.Put(new($"f{file}", default, default, IndexedFileFlags.None), [1, 2], [1]);
        writer.Commit();
    }
}

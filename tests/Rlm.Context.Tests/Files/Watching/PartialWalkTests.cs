using System.Diagnostics.CodeAnalysis;
using Rlm.Context.Files;
using Rlm.Context.Files.Watching;

namespace Rlm.Context.Tests.Files.Watching;

/// <summary>A walk of only the folders that the system names, compared with a full walk by one that remembers nothing.</summary>
public class PartialWalkTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public void PartialWalk_AfterRandomEdits_EqualsAFullWalk()
    {
        for (var tree = 0; tree < TestScale.Cases(1_000); tree++) Check(TestScale.Seed + tree);
    }

    [Fact]
    public void EditedFile_CostsOneListing()
    {
        using var folder = new TempFolder().Write("a/x", "1").Write("b/y", "2").Write("b/c/z", "3");
        using var walks = new Walks(folder);
        var first = walks.Partial();
        folder.Write("b/y", "22");
        var second = walks.Partial();
        Assert.Equal(2, second.Find(new("b/y"))!.Stamp.Bytes);
        Assert.NotEqual(first.Version, second.Version);
        Assert.Same(first.Memory!.Root.Folders[0], second.Memory!.Root.Folders[0]);
        Assert.Same(first.Memory.Root.Folders[1].Folders[0], second.Memory.Root.Folders[1].Folders[0]);
    }

    [Fact]
    public void NothingDirty_IsNoticed()
    {
        using var folder = new TempFolder().Write("a/x", "1");
        using var walks = new Walks(folder);
        walks.Partial();
        Assert.True(walks.Watch.Take().IsEmpty);
    }

    [Fact]
    public void FilesMadeWhileTheirFolderIsNew_AreSeen()
    {
        using var folder = new TempFolder().Write("a", "");
        using var walks = new Walks(folder);
        for (var i = 0; i < 50; i++)
        {
            folder.Folder($"n{i}/deep");
            walks.Partial();
            folder.Write($"n{i}/deep/late", "");
            Assert.NotNull(walks.Partial().Find(new($"n{i}/deep/late")));
        }
    }

    [Fact]
    public void MovedOutFolders_AreNotWatchedAnyMore()
    {
        using var outside = new TempFolder();
        using var folder = new TempFolder().Write("a/b/c", "");
        using var walks = new Walks(folder);
        var before = walks.Watch.Count;
        Directory.Move(folder.At("a"), outside.At("a"));
        walks.Watch.KeepOnly(walks.Partial().Memory!.Folders());
        Assert.Equal((3, 1), (before, walks.Watch.Count));
        outside.Write("a/b/d", "");
        Assert.True(walks.Watch.Take().IsEmpty);
    }

    [Fact]
    public void MoreEventsThanTheKernelKeeps_MakeAFullWalk()
    {
        using var folder = new TempFolder().Write("d/a", "1");
        using var walks = new Walks(folder);
        for (var i = 0; i < 20_000; i++) File.SetLastWriteTimeUtc(folder.At(i % 2 == 0 ? "d/a" : "d"), DateTime.UnixEpoch);
        folder.Write("e/last", "");
        Assert.True(walks.Watch.Take().IsAll);
        Assert.False(walks.Watch.Take().IsAll);
    }

    private static void Check(int seed)
    {
        var random = new Random(seed);
        using var tree = new RandomTree(random);
        for (var i = random.Next(25); i > 0; i--) tree.Edit();
        using var walks = new Walks(tree.Folder);
        for (var round = 0; round < 8; round++)
        {
            for (var i = random.Next(1, 5); i > 0; i--) tree.Edit();
            var partial = walks.Partial();
            if (random.Next(4) == 0) walks.Watch.KeepOnly(partial.Memory!.Folders());
            var full = walks.Full();
            var because = $"RLM_TEST_SEED={seed}, round {round}: ";
            Assert.True(full.Files.SequenceEqual(partial.Files), because + "files");
            Assert.True(full.Version == partial.Version, because + "version");
            Assert.True(Skipped(full) == Skipped(partial), $"{because}skipped {Skipped(full)}, not {Skipped(partial)}");
            Assert.True(full.NamedSkips.SequenceEqual(partial.NamedSkips), because + "named");
            Assert.True(full.IgnoredIsLowerBound == partial.IgnoredIsLowerBound, because + "lower bound");
            Assert.True(full.Memory!.Folders().SetEquals(partial.Memory!.Folders()), because + "folders");
            Assert.True(full.Memory.Unsettled.SequenceEqual(partial.Memory.Unsettled), because + "unsettled");
            Assert.True((full.Memory.Entries, full.Memory.IgnoredEntries) == (partial.Memory.Entries, Math.Min(full.Memory.IgnoredEntries, partial.Memory.IgnoredEntries)), because + "entries");
        }
    }

    private static string Skipped(Snapshot snapshot) => string.Join(' ', snapshot.Skipped.OrderBy(pair => pair.Key).Select(pair => SkipReasons.NameOf(pair.Key) + ":" + pair.Value));

    /// <summary>One watched root.</summary>
    private sealed class Walks : IDisposable
    {
        private readonly RootFolder _root;
        private readonly ContextOptions _options;
        private Snapshot _last;

        [SuppressMessage("Reliability", "CA2000", Justification = "Disposed below.")]
        public Walks(TempFolder folder)
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "watches are inotify's");
            _options = new() { Root = folder.FullPath };
            _root = RootFolder.OpenRoot(folder.FullPath);
            Watch = FolderWatch.TryOpen(_root, out var fault) ?? throw new InvalidOperationException(fault);
            _last = Walker.Walk(_root, _options, null, DirtyFolders.Everything, Watch, null, Cancellation);
            Assert.Null(Watch.Fault);
        }

        public FolderWatch Watch { get; }

        public Snapshot Full() => Walker.Walk(_root, _options, null, null, Cancellation);

        public Snapshot Partial()
        {
            var dirty = Watch.Take();
            foreach (var folder in _last.Memory!.Unsettled) dirty.Add(folder);
            return _last = Walker.Walk(_root, _options, _last, dirty, Watch, null, Cancellation);
        }

        public void Dispose()
        {
            Watch.Dispose();
            _root.Dispose();
        }
    }
}

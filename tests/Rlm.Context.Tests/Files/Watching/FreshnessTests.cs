using Rlm.Context.Files.Watching;
using Rlm.Context.Scopes;
using Rlm.Context.Search;

namespace Rlm.Context.Tests.Files.Watching;

/// <summary>The store on a disk that moves: what it finds is what a scan by hand of the disk finds, or the answer says that it is older.</summary>
public class FreshnessTests
{
    private static readonly TimeSpan LongestAge = TimeSpan.FromSeconds(2), LongestTrust = TimeSpan.FromSeconds(30);

    [Fact]
    public void WatchedTree_IsSeenAsItIsAfterEveryEdit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "watches are inotify's");
        var random = new Random(TestScale.Seed);
        using var disk = new SearchedTree(random);
        var time = new StepTime(TimeSpan.FromMilliseconds(60)); // a clock by which every walk is dear, so that none is made unasked
        using var store = Open(disk.Folder, time);
        BringToLife(store, time);
        for (var edit = 0; edit < TestScale.Cases(1_000); edit++)
        {
            disk.Edit();
            if (random.Next(20) == 0) time.Advance(TimeSpan.FromSeconds(random.Next(60))); // walks in the background among it
            var begun = time.GetUtcNow();
            var snapshot = store.Current(null, default);
            Assert.True(snapshot.AsOf >= begun);
            Compare(store, snapshot, disk, edit);
        }
        Assert.True(store.Watching.IsLive, store.Watching.Reason);
    }

    [Fact]
    public void UnwatchedTree_IsSeenAsItIsOrTheAnswerSaysItsAge()
    {
        var random = new Random(TestScale.Seed);
        using var disk = new SearchedTree(random);
        var time = new StepTime(TimeSpan.FromMilliseconds(60));
        using var store = Open(disk.Folder, time, watches: false);
        for (var edit = 0; edit < TestScale.Cases(1_000); edit++)
        {
            disk.Edit();
            var begun = time.GetUtcNow();
            var snapshot = store.Current(null, default);
            if (snapshot.AsOf < begun)
            {
                Assert.InRange(store.AgeOf(snapshot), TimeSpan.Zero, LongestAge + TimeSpan.FromSeconds(1));
                time.Advance(LongestAge);
                snapshot = store.Current(null, default);
            }
            Assert.True(snapshot.AsOf >= begun);
            Compare(store, snapshot, disk, edit);
        }
        Assert.Equal(new(false, "switched off"), store.Watching);
    }

    [Fact]
    public void QuietTree_GivesTheSameSnapshotAsOfNow()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "watches are inotify's");
        using var folder = new TempFolder().Write("a", "1");
        var time = new StepTime(TimeSpan.FromMilliseconds(60));
        using var store = Open(folder, time);
        BringToLife(store, time);
        var first = store.Current(null, default);
        var begun = time.GetUtcNow();
        Assert.Same(first, store.Current(null, default));
        Assert.True(first.AsOf >= begun);
    }

    [Fact]
    public void WhatNoEventTells_IsFoundByTheScanBehind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "watches are inotify's");
        using var folder = new TempFolder().Write("a", "1");
        using var outside = new TempFolder();
        System.Diagnostics.Process.Start("ln", [folder.At("a"), outside.At("b")]).WaitForExit();
        var time = new StepTime(TimeSpan.FromMilliseconds(60));
        using var store = Open(folder, time);
        BringToLife(store, time);
        outside.Write("b", "written under its other name, in a folder that is not watched");
        Assert.Equal(1, store.Current(null, default).Find(new("a"))!.Stamp.Bytes);
        time.Advance(LongestTrust);
        Assert.NotEqual(1, store.Current(null, default).Find(new("a"))!.Stamp.Bytes);
        outside.Write("b", "");
        time.Advance(TimeSpan.FromHours(1)); // nobody asked for long: the walk is made before the answer
        Assert.Equal(0, store.Current(null, default).Find(new("a"))!.Stamp.Bytes);
    }

    [Fact]
    public void IdleStore_HasNoTimer()
    {
        using var folder = new TempFolder().Write("a", "1");
        var time = new StepTime(TimeSpan.FromMilliseconds(1));
        using var store = Open(folder, time);
        Assert.Equal(0, time.Waiting);
        store.Current(null, default);
        Assert.Equal(1, time.Waiting);
        time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(0, time.Waiting);
        store.Current(null, default);
        Assert.Equal(1, time.Waiting);
    }

    [Fact]
    public void FileSystemThatChangesUnseen_IsScanned()
    {
        const string Unseen = "/proc/sys/fs/inotify"; // made up by the kernel at every look, without events
        Assert.SkipUnless(Directory.Exists(Unseen), "there is no such folder here");
        var time = new StepTime(TimeSpan.FromMilliseconds(60));
        using var store = new ContextStore(new() { Root = Unseen, Time = time });
        store.Current(null, default);
        time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.False(store.Watching.IsLive);
        Assert.Contains("file system", store.Watching.Reason, StringComparison.Ordinal);
        time.Advance(LongestAge);
        var begun = time.GetUtcNow();
        Assert.True(store.Current(null, default).AsOf >= begun);
    }

    [Fact]
    public void CancelledAnswer_LosesNoEvent()
    {
        using var folder = new TempFolder().Write("a", "1");
        var time = new StepTime(TimeSpan.FromMilliseconds(60));
        using var store = Open(folder, time);
        store.Current(null, default);
        time.Advance(TimeSpan.FromSeconds(1));
        folder.Write("b", "2");
        Assert.Throws<OperationCanceledException>(() => store.Current(null, new CancellationToken(canceled: true)));
        time.Advance(LongestAge);
        Assert.NotNull(store.Current(null, default).Find(new("b")));
    }

    [Fact]
    public void DisposedStore_AnswersNoMoreAndHasNoTimer()
    {
        using var folder = new TempFolder().Write("a", "1");
        var time = new StepTime(TimeSpan.FromMilliseconds(60));
        var store = Open(folder, time);
        store.Current(null, default);
        time.Advance(TimeSpan.FromSeconds(1));
        store.Dispose();
        store.Dispose();
        Assert.Equal(0, time.Waiting);
        Assert.False(store.Watching.IsLive);
        Assert.Throws<ObjectDisposedException>(() => store.Current(null, default));
    }

    /// <summary>Answers, edits and background walks on the system's own clock at once: each answer has what was written before it began.</summary>
    [Fact]
    public void ManyThreads_EachSeesItsOwnWrites()
    {
        using var folder = new TempFolder().Write("a", "1");
        var time = new StepTime(TimeSpan.FromMilliseconds(60));
        using var store = Open(folder, time);
        BringToLife(store, time);
        using var stop = new CancellationTokenSource();
        var ticking = new Thread(() =>
        {
            while (!stop.IsCancellationRequested) time.Advance(TimeSpan.FromSeconds(25));
        });
        ticking.Start();
        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; i < TestScale.Cases(2_000); i++)
            {
                folder.Write($"d{thread}/e{i % 7}/f{i}", "");
                var begun = time.GetUtcNow();
                var snapshot = store.Current(null, default);
                if (snapshot.AsOf >= begun) Assert.NotNull(snapshot.Find(new($"d{thread}/e{i % 7}/f{i}")));
                else Assert.False(OperatingSystem.IsLinux());
            }
        });
        stop.Cancel();
        ticking.Join();
    }

    private static ContextStore Open(TempFolder folder, TimeProvider time, bool watches = true) =>
        new(new() { Root = folder.FullPath, Time = time, Watches = watches });

    private static void BringToLife(ContextStore store, StepTime time)
    {
        store.Current(null, default);
        time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.SkipWhen(store.Watching.Reason.Contains("max_user", StringComparison.Ordinal), store.Watching.Reason);
        Assert.True(store.Watching.IsLive || !OperatingSystem.IsLinux(), store.Watching.Reason);
    }

    private static void Compare(ContextStore store, Snapshot snapshot, SearchedTree disk, int edit)
    {
        var expected = disk.Lines().ToArray();
        var search = LineSearch.Run(store, new("foo", PatternKind.Literal, PatternCase.Sensitive), ScopeResolver.All(snapshot), null, default);
        var found = search.From(null, 4, default).SelectMany(file => file.Hits.Select(hit => $"{file.File.Path.Value}:{hit.Line}")).ToArray();
        var because = $"RLM_TEST_SEED={TestScale.Seed}, edit {edit}: ";
        Assert.True(expected.SequenceEqual(found), $"{because}expected [{string.Join(", ", expected)}] but found [{string.Join(", ", found)}]");
        Assert.True(expected.Length == search.Total, because + "total");
    }
}

using System.Net.Sockets;
using Rlm.Context.Files;
using Rlm.Context.Files.Portable;

namespace Rlm.Context.Tests.Files;

public class WalkerTests
{
    public static TheoryData<bool> Forms => [false, true];

    private static Snapshot Walk(TempFolder folder, Snapshot? previous = null, bool portable = false, ContextOptions? options = null)
    {
        using var root = RootFolder.OpenRoot(folder.FullPath, portable);
        return Walker.Walk(root, options ?? new() { Root = folder.FullPath }, previous, null, TestContext.Current.CancellationToken);
    }

    private static string Covered(Snapshot snapshot) => string.Join('|', snapshot.Files.Select(file => file.Path.Value));

    private static string Skipped(Snapshot snapshot) => string.Join(' ', snapshot.Skipped.OrderBy(pair => pair.Key).Select(pair => SkipReasons.NameOf(pair.Key) + ":" + pair.Value));

    [Theory, MemberData(nameof(Forms))]
    public void Everything_IsCoveredOrCounted(bool portable)
    {
        using var folder = new TempFolder().Write("a.cs", "class A;").Write("empty.txt", "").Write("d/.hidden", "x").Write("d/e/b.py", "pass")
            .Write("nul.bin", [1, 0, 2]).Write("late.txt", [.. new byte[8192].Select(_ => (byte)'x'), 0]).Write("utf16.txt", [0xFF, 0xFE, 0x61, 0])
            .Write(".env", "KEY=1").Write("d/id_rsa", "x").Write(".git/config", "x").Write("d/s/.git", "gitdir: elsewhere")
            .Write(".gitignore", "drop\n").Write("drop/x", "").Write("drop/y/z", "").Write("drop/.git/HEAD", "").Write("d/drop", "")
            .Link("link", "a.cs").Link("folderlink", "d").Link("dangling", "none").Fifo("fifo");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.At("socket")));
        var snapshot = Walk(folder, portable: portable);
        Assert.Equal(".gitignore|a.cs|d/.hidden|d/e/b.py|empty.txt|late.txt|utf16.txt", Covered(snapshot));
        Assert.Equal("ignored:3 binary:1 secret:2 link:3 special:2", Skipped(snapshot));
        Assert.Equal([(".env", SkipReason.Secret), ("d/id_rsa", SkipReason.Secret), ("fifo", SkipReason.Special), ("socket", SkipReason.Special)], snapshot.NamedSkips.Select(skip => (skip.Path, skip.Reason)));
        Assert.Equal("csharp", snapshot.Find(new("a.cs"))!.Language);
        Assert.False(snapshot.IgnoredIsLowerBound);
    }

    [Fact]
    public void WhatTheSystemRefuses_IsCountedAndNamed()
    {
        using var folder = new TempFolder().Write("a", "").Write("locked/b", "").Write("d/shut", "").Write("d/e", "");
        using var root = PortableRootFolder.Open(folder.FullPath, new HookedCalls(_ => { }, path => path.EndsWith("locked", StringComparison.Ordinal) || path.EndsWith("shut", StringComparison.Ordinal)));
        var options = new ContextOptions { Root = folder.FullPath };
        var snapshot = Walker.Walk(root, options, null, null, TestContext.Current.CancellationToken);
        Assert.Equal("a|d/e", Covered(snapshot));
        Assert.Equal([("d/shut", SkipReason.Unreadable), ("locked", SkipReason.Unreadable)], snapshot.NamedSkips.Select(skip => (skip.Path, skip.Reason)));
        var again = Walker.Walk(root, options, snapshot, null, TestContext.Current.CancellationToken);
        Assert.Equal((snapshot.Version, Skipped(snapshot)), (again.Version, Skipped(again)));
        Assert.Equal(RootAccessFault.Denied, Assert.Throws<RootAccessException>(() => root.Open(new("d/shut"), out _)).Fault);
    }

    [Theory, MemberData(nameof(Forms))]
    public void HostileNames_AreCountedAndEscaped(bool portable)
    {
        using var folder = new TempFolder().Write("new\nline", "1").Write("esc\u001b", "2").Write("s\u202e/.env", "3").RawName([0x61, 0xFF]);
        var snapshot = Walk(folder, portable: portable);
        Assert.Equal("esc\u001b|new\nline", Covered(snapshot));
        Assert.Equal([("a\\xff", SkipReason.BadName), ("s\\u{202e}/.env", SkipReason.Secret)], snapshot.NamedSkips.Select(skip => (skip.Path, skip.Reason)));
    }

    [Fact]
    public void Files_AreInOrdinalOrderOfWholePaths()
    {
        using var folder = new TempFolder();
        foreach (var path in new[] { "a/b", "a-b", "a0", "a/-", "a.x/y", "a-/z", "A", "b/a/a", "b/a.b", "b/a-a/x", "é/x", "a b/c" }) folder.Write(path, "");
        var paths = Walk(folder).Files.Select(file => file.Path.Value).ToList();
        Assert.Equal(paths.Order(StringComparer.Ordinal), paths);
        Assert.Equal(12, paths.Count);
    }

    [Fact]
    public void LargeText_IsCoveredAndMarked()
    {
        using var folder = new TempFolder().Write("large", new string('x', (64 << 10) + 1)).Write("small", new string('x', 64 << 10));
        var snapshot = Walk(folder, options: new() { Root = folder.FullPath, MaxFileBytes = 64 << 10 });
        Assert.Equal([true, false], snapshot.Files.Select(file => file.IsLarge));
    }

    [Fact]
    public void OpenedSecret_IsCovered()
    {
        using var folder = new TempFolder().Write(".env", "").Write("d/.env", "");
        var snapshot = Walk(folder, options: new() { Root = folder.FullPath, AllowedSecrets = ["d/.env"] });
        Assert.Equal("d/.env", Covered(snapshot));
    }

    [Fact]
    public void Version_DependsOnPathsSizesAndTimesOnly()
    {
        using var one = new TempFolder().Write("a", "x").Write("d/b", "y").Write("n", [0]);
        using var two = new TempFolder().Write("n", [0, 1]).Write("d/b", "z").Write("a", "y");
        var time = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        foreach (var file in new[] { one.At("a"), one.At("d/b"), two.At("a"), two.At("d/b") }) File.SetLastWriteTimeUtc(file, time);
        var version = Walk(one).Version;
        Assert.Matches("^[0-9a-f]{8}$", version);
        Assert.Equal(version, Walk(two).Version);
        Assert.Equal(version, Walk(one, portable: true).Version);
        File.SetLastWriteTimeUtc(two.At("a"), time.AddTicks(10));
        Assert.NotEqual(version, Walk(two).Version);
        File.SetLastWriteTimeUtc(two.At("a"), time);
        File.Move(two.At("d/b"), two.At("d/c"));
        Assert.NotEqual(version, Walk(two).Version);
    }

    [Theory, MemberData(nameof(Forms))]
    public void Rescan_OfAnUnchangedTree_GivesTheSameFiles(bool portable)
    {
        using var folder = new TempFolder().Write(".gitignore", "x\n").Write("a", "1").Write("d/b", "2").Write("d/x", "").Write("n", [0]).Write(".env", "");
        var first = Walk(folder, portable: portable);
        var second = Walk(folder, first, portable);
        Assert.Equal(first.Version, second.Version);
        Assert.Equal(first.Files, second.Files);
        Assert.Equal(Skipped(first), Skipped(second));
        Assert.Equal(first.NamedSkips, second.NamedSkips);
    }

    [Fact]
    public void Rescan_WithOtherOptions_DecidesAgain()
    {
        using var folder = new TempFolder().Write(".env", "").Write("a", "");
        var first = Walk(folder);
        Assert.Equal(".env|a", Covered(Walk(folder, first, options: new() { Root = folder.FullPath, AllowedSecrets = [".env"] })));
    }

    /// <summary>Random edits, then a rescan: it must see what a fresh walk sees.</summary>
    [Fact]
    public void Rescan_AfterRandomEdits_EqualsAFreshWalk()
    {
        var random = new Random(TestScale.Seed);
        for (var tree = TestScale.Cases(400); tree > 0; tree--)
        {
            using var folder = new TempFolder();
            var portable = tree % 4 == 0;
            for (var i = 0; i < 20; i++) Edit(random, folder);
            var snapshot = Walk(folder, portable: portable);
            for (var round = 0; round < 4; round++)
            {
                for (var i = random.Next(4); i > 0; i--) Edit(random, folder);
                snapshot = Walk(folder, snapshot, portable);
                var fresh = Walk(folder);
                var because = $"seed {TestScale.Seed}, tree {tree}";
                Assert.True(fresh.Version == snapshot.Version, because);
                Assert.True(fresh.Files.SequenceEqual(snapshot.Files), because);
                Assert.True(Skipped(fresh) == Skipped(snapshot), because);
                Assert.True(fresh.NamedSkips.SequenceEqual(snapshot.NamedSkips), because);
            }
        }
    }

    private static void Edit(Random random, TempFolder folder)
    {
        string[] names = ["a", "b", "c", ".env", ".gitignore", ".rlmignore", "d", "e"];
        var path = string.Join('/', random.GetItems(["d", "e", "f"], random.Next(3)).Append(names[random.Next(names.Length)]));
        try
        {
            switch (random.Next(7))
            {
                case 0: File.Delete(folder.At(path)); break;
                case 1: Directory.Delete(folder.At(path), recursive: true); break;
                case 2: folder.Link(path, "a"); break;
                case 3: folder.Write(path, [0, 1]); break;
                default: folder.Write(path, random.Next(2) == 0 ? "a\n!b\n/c\nd/\n" : "b\ne\n!a\n"); break;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The path runs through a file, or stands for a folder: no edit this time.
        }
    }

    [Fact]
    public void DeepTrees_EndAtTheLimit()
    {
        using var folder = new TempFolder().Write(string.Join('/', Enumerable.Repeat("d", Walker.MaxDepth + 1)) + "/x", "").Write(string.Join('/', Enumerable.Repeat("e", Walker.MaxDepth)) + "/x", "");
        var snapshot = Walk(folder);
        Assert.Equal("too_deep:1", Skipped(snapshot));
        Assert.Single(snapshot.Files);
        Assert.Equal(SkipReason.TooDeep, Assert.Single(snapshot.NamedSkips).Reason);
    }

    [Fact]
    public void PathsTooLongForTheSystem_AreCounted()
    {
        using var folder = new TempFolder();
        var name = new string('n', 250);
        for (var i = 1; i <= 13; i++) folder.Write(string.Join('/', Enumerable.Repeat(name, i)) + "/x", "");
        var snapshot = Walk(folder);
        Assert.Equal("too_deep:1", Skipped(snapshot));
        Assert.Equal(12, snapshot.Files.Length);
        Assert.Equal(snapshot.Files.Select(file => file.Path), Walk(folder, portable: true).Files.Select(file => file.Path));
        using var root = RootFolder.OpenRoot(folder.FullPath);
        Assert.All(snapshot.Files, file => Assert.Equal(file.Stamp, root.Stat(file.Path)));
    }

    [Fact]
    public void Cancelled_Throws()
    {
        using var folder = new TempFolder().Write("a", "");
        using var root = RootFolder.OpenRoot(folder.FullPath);
        Assert.Throws<OperationCanceledException>(() => Walker.Walk(root, new() { Root = folder.FullPath }, null, null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Progress_IsReported()
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 5000; i++) folder.Write($"d{i % 50}/f{i}", "");
        using var root = RootFolder.OpenRoot(folder.FullPath);
        var reports = new System.Collections.Concurrent.ConcurrentBag<ContextProgress>();
        Walker.Walk(root, new() { Root = folder.FullPath }, null, new Immediate(reports.Add), TestContext.Current.CancellationToken);
        Assert.NotEmpty(reports);
        Assert.All(reports, report => Assert.InRange(report.Done, 1, 5000));
    }

    [Fact]
    public void ManyIgnoredFiles_AreALowerBound()
    {
        if (!TestScale.IsLong) Assert.Skip("makes 100,001 files: only in the long run");
        using var folder = new TempFolder().Write(".gitignore", "drop\n").Folder("drop/a").Folder("drop/b");
        for (var i = 0; i < 100_001; i++) File.Create(folder.At($"drop/{(i % 2 == 0 ? 'a' : 'b')}/{i}")).Dispose();
        var snapshot = Walk(folder);
        Assert.True(snapshot.IgnoredIsLowerBound);
        Assert.InRange(snapshot.Skipped[SkipReason.Ignored], 1, 100_000);
    }

    private sealed class Immediate(Action<ContextProgress> report) : IProgress<ContextProgress>
    {
        public void Report(ContextProgress value) => report(value);
    }
}

using System.Net.Sockets;
using System.Text;
using Rlm.Context.Files;
using Rlm.Context.Files.Portable;

namespace Rlm.Context.Tests.Files;

public class RootFolderTests
{
    public static TheoryData<bool> Forms => [false, true];

    private static RootFolder Open(TempFolder folder, bool portable) => RootFolder.OpenRoot(folder.At("root"), portable);

    private static RootAccessFault FaultOf(RootFolder root, string path) => Assert.Throws<RootAccessException>(() => root.Open(new(path), out _).Dispose()).Fault;

    private static string Read(RootFolder root, string path)
    {
        using var handle = root.Open(new(path), out var stamp);
        var bytes = new byte[stamp.Bytes];
        RandomAccess.Read(handle, bytes, 0);
        return Encoding.UTF8.GetString(bytes);
    }

    [Fact]
    public void OpenRoot_OnLinux_GivesBothForms()
    {
        using var folder = new TempFolder().Folder("root");
        using var native = Open(folder, portable: false);
        using var portable = Open(folder, portable: true);
        Assert.IsType<PortableRootFolder>(portable);
        if (OperatingSystem.IsLinux()) Assert.IsNotType<PortableRootFolder>(native);
    }

    [Theory, MemberData(nameof(Forms))]
    public void OpenRoot_WithoutAFolder_SaysWhy(bool portable)
    {
        using var folder = new TempFolder().Write("file", "x");
        Assert.Equal(RootAccessFault.NotFound, Assert.Throws<RootAccessException>(() => RootFolder.OpenRoot(folder.At("gone"), portable)).Fault);
        Assert.Equal(RootAccessFault.NotAFile, Assert.Throws<RootAccessException>(() => RootFolder.OpenRoot(folder.At("file"), portable)).Fault);
    }

    [Theory, MemberData(nameof(Forms))]
    public void OpenRoot_ThatIsALink_IsTheFolderBehindIt(bool portable)
    {
        using var folder = new TempFolder().Write("real/a", "x").Link("root", "real");
        using var root = Open(folder, portable);
        Assert.Equal("x", Read(root, "a"));
    }

    [Theory, MemberData(nameof(Forms))]
    public void Open_SiblingWithTheSamePrefix_IsOutside(bool portable)
    {
        using var folder = new TempFolder().Folder("root").Write("root-secret/a", "OUTSIDE").Link("root/link", "../root-secret/a");
        using var root = Open(folder, portable);
        Assert.Equal(RootAccessFault.Outside, FaultOf(root, "../root-secret/a"));
        Assert.Equal(RootAccessFault.Outside, FaultOf(root, "link"));
        Assert.Equal(RootAccessFault.Outside, FaultOf(root, folder.At("root-secret/a")));
    }

    [Theory, MemberData(nameof(Forms))]
    public void Open_AbsoluteLinkToAnInsideFile_IsOutside(bool portable)
    {
        using var folder = new TempFolder().Write("root/a", "x");
        folder.Link("root/link", folder.At("root/a"));
        using var root = Open(folder, portable);
        Assert.Equal(RootAccessFault.Outside, FaultOf(root, "link"));
    }

    [Theory, MemberData(nameof(Forms))]
    public void Open_LinksThatStayInside_AreFollowedAndNamed(bool portable)
    {
        using var folder = new TempFolder().Write("root/real/a", "x").Link("root/folder", "real").Link("root/b/link", "../folder/a");
        using var root = Open(folder, portable);
        root.Open(new("b/link"), out _, out var real).Dispose();
        Assert.Equal("real/a", real.Value);
        Assert.Equal("x", Read(root, "b/link"));
        Assert.Equal("x", Read(root, "folder/a"));
        Assert.Equal(root.Stat(new("real/a")), root.Stat(new("b/link")));
    }

    [Theory, MemberData(nameof(Forms))]
    public void Open_NamesThatNoFileHas_AreNotFound(bool portable)
    {
        using var folder = new TempFolder().Write("root/a", "x");
        using var root = Open(folder, portable);
        foreach (var path in new[] { "a\0", "a ", "a\"", "\"a\"", " a", "a\n", "\ud800", "a/", "a/b", "a/..", "a/.", "A\u0301", new string('x', 300), new string('y', 5000), string.Join('/', Enumerable.Repeat("d", 3000)) })
        {
            Assert.Equal(RootAccessFault.NotFound, FaultOf(root, path));
            Assert.Null(root.Stat(new(path)));
            Assert.Equal(EntryKind.None, root.KindOf(new(path)));
        }
    }

    [Theory, MemberData(nameof(Forms))]
    public void Open_WhatIsNoRegularFile_IsRefusedWithoutBlocking(bool portable)
    {
        using var folder = new TempFolder().Folder("root/folder").Fifo("root/fifo").Link("root/tofifo", "fifo").Link("root/zero", "/dev/zero");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.At("root/socket")));
        using var root = Open(folder, portable);
        foreach (var path in new[] { "folder", "fifo", "tofifo", "socket", "", "." }) Assert.Equal(RootAccessFault.NotAFile, FaultOf(root, path));
        Assert.Equal(RootAccessFault.Outside, FaultOf(root, "zero"));
        Assert.Equal(EntryKind.Special, root.KindOf(new("fifo")));
        Assert.Equal(EntryKind.Special, root.KindOf(new("socket")));
        Assert.Equal(EntryKind.Link, root.KindOf(new("tofifo")));
        Assert.Equal(EntryKind.Folder, root.KindOf(RepoPath.Root));
    }

    [Theory, MemberData(nameof(Forms))]
    public void Open_LoopsAndLongChains_AreNotFound(bool portable)
    {
        using var folder = new TempFolder().Write("root/l0", "end").Link("root/loop", "loop").Link("root/x", "y").Link("root/y", "x").Link("root/self/self", "../self");
        for (var i = 1; i <= 41; i++) folder.Link("root/l" + i, "l" + (i - 1));
        using var root = Open(folder, portable);
        Assert.Equal(RootAccessFault.NotFound, FaultOf(root, "loop"));
        Assert.Equal(RootAccessFault.NotFound, FaultOf(root, "x"));
        Assert.Equal("end", Read(root, "l40"));
        Assert.Equal(RootAccessFault.NotFound, FaultOf(root, "l41"));
        Assert.Equal(RootAccessFault.NotFound, FaultOf(root, "self/self/self/none"));
    }

    [Theory, MemberData(nameof(Forms))]
    public void List_HostileNames_AreListedAndOnlyValidOnesOpen(bool portable)
    {
        using var folder = new TempFolder().Write("new\nline", "1").Write("esc\u001b[31m", "2").Write("bidi\u202e", "3").Write("\\xff", "4").RawName([0x61, 0xFF, 0xC3]).RawName([0xED, 0xA0, 0x80]);
        using var root = RootFolder.OpenRoot(folder.FullPath, portable);
        var entries = root.List(RepoPath.Root).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        Assert.Equal(["\\xed\\xa0\\x80", "\\xff", "a\\xff\\xc3", "bidi\u202e", "esc\u001b[31m", "new\nline"], entries.Select(entry => entry.Name));
        Assert.Equal([false, true, false, true, true, true], entries.Select(entry => entry.NameIsValid));
        Assert.All(entries.Where(entry => entry.NameIsValid), entry => Read(root, entry.Name));
        Assert.Equal(RootAccessFault.NotFound, FaultOf(root, "a\\xff\\xc3"));
    }

    [Theory, MemberData(nameof(Forms))]
    public void List_Kinds_AreSeenWithoutFollowing(bool portable)
    {
        using var folder = new TempFolder().Write("root/file", "").Folder("root/folder").Link("root/link", "folder").Fifo("root/fifo");
        using var root = Open(folder, portable);
        Assert.Equal(
            [("fifo", EntryKind.Special), ("file", EntryKind.File), ("folder", EntryKind.Folder), ("link", EntryKind.Link)],
            root.List(RepoPath.Root).Select(entry => (entry.Name, entry.Kind)).Order());
    }

    [Theory, MemberData(nameof(Forms))]
    public void List_NoFolderOrALinkOnTheWay_IsRefused(bool portable)
    {
        using var folder = new TempFolder().Write("root/file", "").Write("root/folder/below/a", "").Link("root/link", "folder").Link("root/out", "..");
        using var root = Open(folder, portable);
        RootAccessFault Fault(string path) => Assert.Throws<RootAccessException>(() => root.List(new(path))).Fault;
        foreach (var path in new[] { "file", "file/a", "link", "link/below", "out", "out/a" }) Assert.Equal(RootAccessFault.NotAFile, Fault(path));
        Assert.Equal(RootAccessFault.NotFound, Fault("gone"));
        Assert.Equal(RootAccessFault.Outside, Fault(".."));
        Assert.Equal(RootAccessFault.Outside, Fault("/"));
        Assert.Equal(["a"], root.List(new("folder/below")).Select(entry => entry.Name));
    }

    [Fact]
    public void Stat_BothForms_GiveTheSameStamp()
    {
        using var folder = new TempFolder().Write("root/a", "hello");
        using var native = Open(folder, portable: false);
        using var portable = Open(folder, portable: true);
        var stamp = native.Stat(new("a"));
        Assert.Equal(stamp, portable.Stat(new("a")));
        Assert.Equal(5, stamp!.Value.Bytes);
        using var handle = native.Open(new("a"), out var opened);
        Assert.Equal(stamp, opened);
        Assert.Equal(stamp, portable.StampOf(handle));
        Assert.Equal(stamp, native.StampOf(handle));
        Assert.Equal((File.GetLastWriteTimeUtc(folder.At("root/a")) - DateTime.UnixEpoch).Ticks, opened.ModifiedNs / 100);
    }

    [Fact]
    public void Open_WhileAFolderIsSwappedForALink_NeverLeadsOutside()
    {
        using var folder = new TempFolder().Write("root/dir/a", "inside").Write("outside/a", "OUTSIDE").Link("root/link", "../outside");
        using var root = Open(folder, portable: false);
        if (root is PortableRootFolder) Assert.Skip("this system has no beneath-root open; the portable form has its own test");
        var stop = false;
        var swapper = new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                Directory.Move(folder.At("root/dir"), folder.At("root/kept"));
                Directory.Move(folder.At("root/link"), folder.At("root/dir"));
                Directory.Move(folder.At("root/dir"), folder.At("root/link"));
                Directory.Move(folder.At("root/kept"), folder.At("root/dir"));
            }
        });
        swapper.Start();
        var texts = new HashSet<string>();
        var tries = TestScale.Cases(200_000);
        // While the other thread stands still in the middle of a swap, every try fails.
        for (var i = 0; i < tries || (texts.Count == 0 && i < 100 * tries); i++)
            try
            {
                texts.Add(Read(root, "dir/a"));
            }
            catch (RootAccessException)
            {
                Thread.Yield(); // gone or a link at this moment
            }
        Volatile.Write(ref stop, true);
        swapper.Join();
        Assert.DoesNotContain("OUTSIDE", texts);
        Assert.Contains("inside", texts);
    }

    [Fact]
    public void Open_PortableAndSwappedBetweenAnyTwoCalls_NeverLeadsOutside()
    {
        const int calls = 16;
        var insides = 0;
        for (var swapAt = 0; swapAt < calls; swapAt++)
            for (var swapBackAt = swapAt + 1; swapBackAt <= calls; swapBackAt++)
            {
                using var folder = new TempFolder().Write("root/dir/a", "inside").Write("outside/a", "OUTSIDE").Link("link", "../outside");
                using var root = PortableRootFolder.Open(folder.At("root"), new HookedCalls(Swapping(folder, swapAt, swapBackAt)));
                try
                {
                    Assert.Equal("inside", Read(root, "dir/a"));
                    insides++;
                }
                catch (RootAccessException)
                {
                    // noticed
                }
            }
        Assert.NotEqual(0, insides);
    }

    /// <summary>Exchanges a folder for a link that leads outside before one call, and back again before a later one. Call 0 is the first after the root was opened.</summary>
    private static Action<string> Swapping(TempFolder folder, int swapAt, int swapBackAt)
    {
        var count = -1;
        return _ =>
        {
            var call = count++;
            if (call == swapAt) Exchange(folder, "kept", "link");
            if (call == swapBackAt) Exchange(folder, "link", "kept");
        };
    }

    private static void Exchange(TempFolder folder, string away, string here)
    {
        Directory.Move(folder.At("root/dir"), folder.At(away));
        Directory.Move(folder.At(here), folder.At("root/dir"));
    }
}

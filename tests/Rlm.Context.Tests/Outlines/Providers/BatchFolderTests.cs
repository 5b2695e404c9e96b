using System.Diagnostics;
using Rlm.Context.Outlines.Providers;
using Rlm.Context.Tests.Index;

namespace Rlm.Context.Tests.Outlines.Providers;

public class BatchFolderTests
{
    [Fact]
    public void Folder_IsPrivateAndGoesWithItsUse()
    {
        string path;
        using (var folder = new BatchFolder())
        {
            folder.WriteText("1.py", "x"u8);
            path = folder.Path;
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        }
        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void Leftovers_OfEndedProcessesAreRemoved()
    {
        using var parent = new TempFolder();
        using var ended = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "cmd" : "/bin/sh", [OperatingSystem.IsWindows() ? "/c" : "-c", "exit"]))!;
        var id = ended.Id;
        ended.WaitForExit();
        parent.Write($"rlm-mcp-outlines-{id}-abc/texts/1.py", "x").Write($"rlm-mcp-outlines-{Environment.ProcessId}-abc/texts/1.py", "x").Write("rlm-mcp-outlines-odd/1.py", "x").Write("other/1.py", "x");
        BatchFolder.RemoveLeftovers(parent.FullPath, TimeProvider.System); // too young
        Assert.True(Directory.Exists(parent.At($"rlm-mcp-outlines-{id}-abc")));
        var later = new LaterTime();
        later.Pass(TimeSpan.FromHours(2));
        BatchFolder.RemoveLeftovers(parent.FullPath, later);
        Assert.False(Directory.Exists(parent.At($"rlm-mcp-outlines-{id}-abc")));
        Assert.True(Directory.Exists(parent.At($"rlm-mcp-outlines-{Environment.ProcessId}-abc")));
        Assert.True(Directory.Exists(parent.At("other")));
    }
}

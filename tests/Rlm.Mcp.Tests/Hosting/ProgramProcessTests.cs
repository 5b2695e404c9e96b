using System.Globalization;
using Rlm.Mcp.Tests.Tools;

namespace Rlm.Mcp.Tests.Hosting;

/// <summary>What becomes of a worker in the middle of an endless program when the real server ends.</summary>
public sealed class ProgramProcessTests
{
    private const int Kill = 9, Terminate = 15;

    public static TheoryData<string, int> Ends => new() { { "cpython", Kill }, { "cpython", Terminate }, { "builtin", Kill }, { "builtin", Terminate } };

    [Theory, MemberData(nameof(Ends))]
    public async Task Workers_AreGoneWithTheServer_WhateverWayItEnds(string engine, int signal)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("looks into /proc");
        _ = ProgramToolTests.Options(engine);
        using var server = new ServerProcess(environment: new Dictionary<string, string> { ["RLM_MCP_PROGRAM_ENGINE"] = engine });
        await server.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
        server.Send("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        // Comes back at once; the program goes on.
        await server.AskAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"program","arguments":{"code":"while True:\n    pass","timeout":300,"wait":1}}}""");
        var workers = await WorkersOfAsync(server.Id);
        server.Signal(signal);
        var begun = TimeProvider.System.GetTimestamp();
        while (workers.Any(IsAlive) && TimeProvider.System.GetElapsedTime(begun).TotalSeconds < 10) await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 0, 5);
    }

    // A busy machine may take longer to start them than the call waits.
    private static async Task<List<int>> WorkersOfAsync(int server)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun).TotalSeconds < 30; await Task.Delay(10, TestContext.Current.CancellationToken))
            if (Below(server) is { Count: > 0 } workers) return workers;
        Assert.Fail("no worker was started");
        return [];
    }

    private static List<int> Below(int process)
    {
        var children = Directory.EnumerateDirectories($"/proc/{process}/task").SelectMany(Children).ToList();
        return [.. children, .. children.SelectMany(Below)];
    }

    private static IEnumerable<int> Children(string thread)
    {
        try
        {
            return [.. File.ReadAllText(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}

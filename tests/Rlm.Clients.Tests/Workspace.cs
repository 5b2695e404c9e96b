using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

/// <summary>An empty home and a small repository for one run of a client.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("rlm-client-").FullName;

    public Workspace()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Repository);
        File.WriteAllText(Path.Combine(Repository, "Pump.cs"), "namespace Works;\n\npublic class Pump\n{\n    /// <summary>The needle.</summary>\n    public int Run(int n) => n + 1;\n}\n");
        File.WriteAllText(Path.Combine(Repository, "README.md"), "# Pump\n\nIt pumps <water> & \"air\".\n");
    }

    public string Home => Path.Combine(_top, "home");

    public string Repository => Path.Combine(_top, "pumps");

    public string WireLog => Path.Combine(_top, "wire.log");

    /// <summary>A program in the place of the launcher: the server behind the spy. Skips the test where scripts do not start by themselves.</summary>
    public string Launcher()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the server is put behind the spy by a shell script");
        var launcher = Write("bin/rlm", $"#!/bin/sh\nDOTNET_ROOT='{ClientRun.DotnetRoot}' exec '{Served.Self}' {WireSpy.Switch} '{WireLog}' '{Served.Server}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return launcher;
    }

    /// <summary>Sets a client up as a user does, by <c>rlm-mcp init CLIENT --write</c>, for this home and repository.</summary>
    public async Task InitAsync(string client, params (string Name, string Value)[] more)
    {
        var environment = Environment([("RLM_LAUNCHER", Launcher()), .. more]);
        var outcome = await ClientRun.RunAsync(Served.Server, ["init", client, "--write", "--root", Repository], Repository, environment, Script.Limit);
        Assert.True(outcome.Code == 0, outcome.Output);
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(_top, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public Dictionary<string, string> Environment(params (string Name, string Value)[] more)
    {
        var all = new Dictionary<string, string> { ["HOME"] = Home, ["USERPROFILE"] = Home, ["TERM"] = "dumb", ["DOTNET_ROOT"] = ClientRun.DotnetRoot };
        foreach (var (name, value) in more) all[name] = value;
        return all;
    }

    /// <summary>What went over the wire, requests of the client with their answers.</summary>
    public IReadOnlyList<Exchange> Exchanges()
    {
        var all = WireSpy.Read(WireLog);
        var answers = all.Where(line => line.Direction == "<" && line.Message?["id"] is not null && line.Message["method"] is null).ToLookup(line => line.Message!["id"]!.ToJsonString());
        return [.. all.Where(line => line.Direction == ">" && line.Message?["id"] is not null && line.Message["method"] is not null)
            .Select(line => new Exchange(line.Message!["method"]!.GetValue<string>(), line.Message["params"] as JsonObject ?? [], answers[line.Message["id"]!.ToJsonString()].FirstOrDefault().Message))];
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_top, recursive: true);
        }
        catch (IOException)
        {
            // A client's helper may still be writing its state; the folder is temporary anyway.
        }
    }
}

/// <summary>A request of the client and the server's answer.</summary>
internal sealed record Exchange(string Method, JsonObject Parameters, JsonNode? Answer)
{
    public string? Tool => Parameters["name"]?.GetValue<string>();

    public string Text => Answer?["result"]?["content"]?[0]?["text"]?.GetValue<string>() ?? "";
}

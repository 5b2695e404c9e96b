using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

/// <summary>What every client is put through, and how it is judged: by the tool calls on the wire and by what the model was told next.</summary>
internal static class Script
{
    public const string Final = "FINAL ANSWER";

    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public static ScriptedModel Play() => new(
        Turn.Call("map", new JsonObject()),
        Turn.Call("search", new JsonObject { ["pattern"] = "needle" }),
        Turn.Call("read", new JsonObject { ["targets"] = new JsonArray("Pump.cs:1-7") }),
        Turn.Say(Final));

    public static void Judge(Workspace workspace, ScriptedModel model, Outcome outcome)
    {
        var why = $"exit {outcome.Code}\n{outcome.Output}";
        Assert.True(File.Exists(workspace.WireLog), "the client never started the server: " + why);
        var calls = workspace.Exchanges().Where(exchange => exchange.Method == "tools/call").ToList();
        Assert.True(calls.Select(call => call.Tool).SequenceEqual(["map", "search", "read"]), "calls on the wire: " + string.Join(", ", calls.Select(call => call.Tool)) + "\n" + why);
        Assert.All(calls, call => Assert.True(call.Text.Length > 0 && call.Answer!["result"]!["isError"]?.GetValue<bool>() != true, call.Answer?.ToJsonString()));
        var told = string.Join("\n", model.ToolResults);
        Assert.All(calls, call => Assert.Contains(call.Text.Trim(), told, StringComparison.Ordinal));
        Assert.Equal(0, outcome.Code);
        Assert.Contains(Final, outcome.Output, StringComparison.Ordinal);
    }
}

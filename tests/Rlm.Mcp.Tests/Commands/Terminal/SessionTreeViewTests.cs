using Rlm.Mcp.Commands.Terminal;
using Rlm.Recursion;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Mcp.Tests.Commands.Terminal;

/// <summary>Sessions at work as a person sees them on a terminal.</summary>
public class SessionTreeViewTests
{
    [Fact]
    public void Tree_HasALineForEachSession_AndWhatItDidLast()
    {
        var root = Session("s-root", SessionStatus.Running) with { Mode = "agent", Limits = new() { Calls = 64, Usd = 2 }, Spent = new(4, 12_000, 300, 0.04m), Seconds = 8.4 };
        var map = Session("s-map", SessionStatus.Running) with { Mode = "map", Coverage = new(120, 30, 4, 0) };
        var ended = Session("s-ask", SessionStatus.Complete) with { Mode = "ask" };
        string[] expected =
        [
            "⠋ agent · 4 of 64 calls · 12,300 tokens · 0.04 of 2 USD · 8 s · where?",
            "    read src/A.cs:1-9@1f2e3d4c",
            "  ⠋ map · judged 34 of 120 ━━━━━─────────────── · 0 calls · 0 tokens · 0 s · where?",
            "  ✓ ask complete · 0 calls · 0 tokens · 0 s · where?",
        ];
        Assert.Equal(expected, Draw([new(root, 0, new("s-root", 1, "tool") { Tool = "read", Handles = ["src/A.cs:1-9@1f2e3d4c"] }), new(map, 1, null), new(ended, 1, null)]));
    }

    [Fact]
    public void FailedCall_SaysWhy()
    {
        var lines = Draw([new(Session("s-a", SessionStatus.Running), 0, new("s-a", 1, "error") { Tool = "read", Result = "unknown_path: no such file" })]);
        Assert.Equal("    read error: unknown_path: no such file", lines[1]);
    }

    [Fact]
    public void HostileWords_StayOnTheirLine()
    {
        var state = Session("s-a", SessionStatus.Running) with { Request = new("\u001b[2J\nfake ✓ complete\u202e" + new string('x', 500)) };
        var lines = Draw([new(state, 0, new("s-a", 1, "tool") { Tool = "\u001b]0;title\u0007", Arguments = System.Text.Json.JsonElement.Parse("\"\\u001b[31m\"") })], width: 60);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 60));
        Assert.DoesNotContain(lines, line => line.Any(char.IsControl) || line.Contains('\u202e'));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20)]
    public void OddTerminals_AreDrawnOn(int width)
    {
        var lines = Draw([new(Session("s-a", SessionStatus.Running) with { Request = new("漢字漢字漢字漢字漢字") }, 0, null)], width: Math.Max(20, width), drawn: width);
        Assert.All(lines, line => Assert.InRange(new Spectre.Console.Rendering.Segment(line).CellCount(), 0, Math.Max(20, width)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(24)]
    public void ManySessions_FitTheTerminal_AndTheRestIsCounted(int height)
    {
        SessionGlance[] sessions = [new(Session("s-root", SessionStatus.Running), 0, null), .. Enumerable.Range(0, 300).Select(n => new SessionGlance(Session($"s-{n}", n % 3 == 0 ? SessionStatus.Running : SessionStatus.Complete), 1, null))];
        var lines = Draw(sessions, height: height);
        Assert.InRange(lines.Length, 4, height - 1);
        var shown = lines.Length - 1;
        Assert.Equal($"  and {301 - shown:N0} more sessions: 200 ended, {101 - shown:N0} at work", lines[^1]);
    }

    private static string[] Draw(IReadOnlyList<SessionGlance> sessions, int width = 120, int height = 40, int? drawn = null) =>
        TerminalConsole.Draw(SessionTreeView.Of(sessions, drawn ?? width, height, beat: 0), name => name == "COLUMNS" ? $"{width}" : null).TrimEnd('\n').Split('\n').Select(line => line.TrimEnd()).ToArray();

    private static SessionState Session(string id, SessionStatus status) => new() { Id = id, Request = new("where?"), Scope = ContextScope.Everything, BackEnd = "openai:m", Status = status };
}

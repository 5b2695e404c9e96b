using System.Globalization;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rlm.Mcp.Commands.Terminal;

/// <summary>
/// Sessions at work, a line each, below each running one what it did last:
/// <code>
/// ⠹ agent · 4 of 64 calls · 12,300 tokens · 0.04 of 2 USD · 8 s · which locks are taken twice?
///     read src/A.cs:10-42@1f2e3d4c
///   ⠹ map · judged 34 of 120 ━━━━━───────────── · 3 calls · 9,100 tokens · 3 s · is a lock taken here?
///   ✓ ask complete · 1 call · 2,000 tokens · 2 s · what does Gate guard?
/// </code>
/// As many lines as the terminal has room for: ended sessions go first, and how many are left out is said.
/// </summary>
internal static class SessionTreeView
{
    private const int BarCells = 20;
    private static readonly string[] Spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    /// <param name="sessions">Each before its children.</param>
    /// <param name="width">Cells of a line.</param>
    /// <param name="height">Lines of the terminal.</param>
    /// <param name="beat">Counts up, for the spinners.</param>
    public static IRenderable Of(IReadOnlyList<SessionGlance> sessions, int width, int height, int beat)
    {
        var room = Math.Max(4, height - 2);
        var shown = Fitting(sessions, room);
        var lines = shown.SelectMany(session => Lines(session, beat)).Take(room).Select(line => Line(line, width)).ToList();
        if (sessions.Count > shown.Count) lines.Add(Line((LeftOut(sessions, shown), Style.Plain), width));
        return new Rows(lines);
    }

    private static List<SessionGlance> Fitting(IReadOnlyList<SessionGlance> sessions, int room)
    {
        var cost = sessions.Sum(LinesOf);
        if (cost <= room) return [.. sessions];
        var kept = new List<SessionGlance>();
        foreach (var session in sessions)
        {
            if (session.State.IsEnded && session.Level > 0) continue;
            if (kept.Sum(LinesOf) + LinesOf(session) > room - 1) break;
            kept.Add(session);
        }
        return kept;
    }

    private static int LinesOf(SessionGlance session) => session.Latest is null ? 1 : 2;

    private static string LeftOut(IReadOnlyList<SessionGlance> sessions, List<SessionGlance> shown)
    {
        var left = sessions.Except(shown).ToArray();
        var ended = left.Count(session => session.State.IsEnded);
        return string.Create(CultureInfo.InvariantCulture, $"  and {left.Length:N0} more sessions: {ended:N0} ended, {left.Length - ended:N0} at work");
    }

    private static IEnumerable<(string Text, Style Style)> Lines(SessionGlance session, int beat)
    {
        var indent = new string(' ', session.Level * 2);
        yield return (indent + Words(session.State, beat), StatusStyle.Of(session.State.Status));
        if (session.Latest is { } latest) yield return ($"{indent}    {Doing(latest)}", new(decoration: Decoration.Dim));
    }

    private static string Words(SessionState state, int beat)
    {
        var parts = new List<string> { $"{(state.Status == SessionStatus.Running ? Spinner[beat % Spinner.Length] : StatusStyle.Sign(state.Status))} {state.Mode}{(state.Status == SessionStatus.Running ? "" : " " + TrajectoryWords.Word(state.Status))}" };
        if (state is { Mode: "map", Status: SessionStatus.Running, Coverage.Units: > 0 }) parts.Add(Judged(state.Coverage.Judged + state.Coverage.Failed, state.Coverage.Units));
        parts.Add(SessionCost.Calls(state));
        parts.Add(SessionCost.Tokens(state));
        if (SessionCost.Money(state) is { } money) parts.Add(money);
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"{state.Seconds:0} s"));
        parts.Add(state.Request.Task);
        return string.Join(" · ", parts);
    }

    private static string Judged(long done, long units)
    {
        var full = (int)(BarCells * Math.Min(done, units) / units);
        return string.Create(CultureInfo.InvariantCulture, $"judged {done:N0} of {units:N0} {new string('━', full)}{new string('─', BarCells - full)}");
    }

    private static string Doing(TrajectoryEntry entry) => entry.Handles.Count > 0 ? $"{entry.Tool} {string.Join(", ", entry.Handles.Take(3))}"
        : TrajectoryWords.WhatFailed(entry) is { } why ? $"{entry.Tool ?? entry.Kind} {entry.Kind}: {why}"
        : entry.Note is { } note ? $"{entry.Tool ?? entry.Kind}: {note}"
        : entry is { Kind: "tool", Arguments: { } arguments } ? $"{entry.Tool} {arguments}"
        : entry.Tool ?? entry.Kind;

    // One line of the terminal, whatever a model or a file name holds.
    private static Text Line((string Text, Style Style) line, int width)
    {
        var text = TerminalText.Escape(TrajectoryWords.OneLine(line.Text, width));
        if (Cells(text) < width) return new(text, line.Style);
        // Wide characters take two cells.
        while (text.Length > 0 && Cells(text) > width - 2) text = text[..^(text.Length > 1 && char.IsLowSurrogate(text[^1]) ? 2 : 1)];
        return new(text + "…", line.Style);
    }

    private static int Cells(string text) => new Segment(text).CellCount();
}

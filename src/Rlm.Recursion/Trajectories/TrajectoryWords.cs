using System.Globalization;
using System.Text;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Trajectories;

/// <summary>Sessions and what they did in one line of text each.</summary>
public static class TrajectoryWords
{
    /// <summary>A session: its id, how it stands, what it spent and what was asked.</summary>
    public static string Session(SessionState state) => string.Create(CultureInfo.InvariantCulture,
        $"{state.Id} {state.Mode} {Word(state.Status)}: {state.Spent.Calls:N0} calls, {state.Spent.InputTokens:N0}+{state.Spent.OutputTokens:N0} tokens, {state.Seconds:0.0} s, {state.Spent.Usd:0.00##} USD: {OneLine(state.Request.Task, 100)}");

    /// <summary>One thing that it did: its number, what, tokens, seconds and at most so many of the handles that it read.</summary>
    public static string Entry(TrajectoryEntry entry, int mostHandles)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{entry.Seq} {OneLine(entry.Tool ?? entry.Kind, 40)}"));
        if (entry.Kind is "limit" or "error" && entry.Tool is not null) text.Append(' ').Append(entry.Kind);
        if (entry.InputTokens + entry.OutputTokens > 0) text.Append(CultureInfo.InvariantCulture, $" {entry.InputTokens:N0}+{entry.OutputTokens:N0} tokens");
        if (entry.Seconds > 0) text.Append(CultureInfo.InvariantCulture, $" {entry.Seconds:0.0##} s");
        if (entry.Handles.Count > 0) text.Append(": ").AppendJoin(", ", entry.Handles.Take(mostHandles).Select(handle => OneLine(handle, 200)));
        if (entry.Handles.Count > mostHandles) text.Append(CultureInfo.InvariantCulture, $" and {entry.Handles.Count - mostHandles:N0} more");
        if (WhatFailed(entry) is { } why) text.Append(": ").Append(OneLine(why, 160));
        if (entry.Note is { } note) text.Append(" (").Append(OneLine(note, 120)).Append(')');
        return text.ToString();
    }

    /// <summary>What the caller of a tool that failed was told; null for what did not fail, or where its words are not kept.</summary>
    public static string? WhatFailed(TrajectoryEntry entry) => entry.Kind is "limit" or "error" && entry.Result is { Length: > 0 } told ? told : null;

    /// <summary>As the contract words a status.</summary>
    public static string Word(SessionStatus status) => status == SessionStatus.NeedsHost ? "needs_host" : status.ToString().ToLowerInvariant();

    /// <summary>At most so many characters, and no line end or control character: tasks and tool names come from models and clients, and no line of them may look like a line of ours.</summary>
    public static string OneLine(string text, int most)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= most) return line.Append('…').ToString();
            line.Append(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? " " : rune.ToString());
        }
        return line.ToString();
    }
}

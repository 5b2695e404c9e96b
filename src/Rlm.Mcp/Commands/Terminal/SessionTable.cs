using System.Globalization;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rlm.Mcp.Commands.Terminal;

/// <summary>The sessions that are kept, newest first, as a table that fits the terminal: a narrow one shows neither mode nor money, and where no table fits each session has lines of its own.</summary>
internal static class SessionTable
{
    private const int Most = 50, Wide = 100, Narrow = 80, OthersNarrow = 62, OthersWide = 90, LinesOfTask = 2;

    /// <param name="list">The sessions.</param>
    /// <param name="now">For their ages.</param>
    /// <param name="width">Cells of a line.</param>
    /// <param name="isIdle">Whether one that is there for programs has none at work.</param>
    public static IRenderable Of(SessionList list, DateTimeOffset now, int width, Func<SessionSummary, bool> isIdle)
    {
        if (list.Sessions.Count == 0) return new Text(Closing(list));
        if (width < Narrow) return new Rows([.. list.Sessions.Take(Most).Select(session => Stacked(session, now, isIdle(session))), new Text(Closing(list))]);
        var table = new Table { Border = TableBorder.Simple };
        var isWide = width >= Wide;
        foreach (var name in isWide ? ["session", "status", "mode", "age", "calls", "USD"] : new[] { "session", "status", "age", "calls" })
            table.AddColumn(new TableColumn(name) { NoWrap = true, Padding = new(0, 0, 1, 0), Alignment = name is "calls" or "USD" ? Justify.Right : Justify.Left });
        table.AddColumn(new TableColumn("task") { Padding = new(0, 0) });
        var room = Math.Max(16, width - (isWide ? OthersWide : OthersNarrow)) * LinesOfTask;
        foreach (var session in list.Sessions.Take(Most)) table.AddRow([.. Cells(session, now, isIdle(session), isWide, room)]);
        return new Rows([table, new Text(Closing(list))]);
    }

    private static Text Stacked(SessionSummary session, DateTimeOffset now, bool isIdle) => new(string.Create(CultureInfo.InvariantCulture,
        $"{session.Id}\n  {Status(session, isIdle)}, {Age(now - session.Started)}, {session.Spent.Calls:N0} calls: {Safe(session.Task, 120)}"), StatusStyle.Of(session.Status));

    private static string Status(SessionSummary session, bool isIdle) => isIdle ? "· idle" : $"{StatusStyle.Sign(session.Status)} {TrajectoryWords.Word(session.Status)}";

    private static IEnumerable<Text> Cells(SessionSummary session, DateTimeOffset now, bool isIdle, bool isWide, int room)
    {
        yield return new(session.Id);
        yield return new(Status(session, isIdle), StatusStyle.Of(session.Status));
        if (isWide) yield return new(session.Depth > 0 ? $"{Safe(session.Mode, 12)}, child" : Safe(session.Mode, 20));
        yield return new(Age(now - session.Started));
        yield return new(session.Spent.Calls.ToString("N0", CultureInfo.InvariantCulture));
        if (isWide) yield return new(session.Spent.Usd > 0 ? session.Spent.Usd.ToString("0.00##", CultureInfo.InvariantCulture) : "–");
        yield return new(Safe(session.Task, room));
    }

    private static string Closing(SessionList list)
    {
        var more = list.Sessions.Count > Most ? string.Create(CultureInfo.InvariantCulture, $"the newest {Most} of {list.Sessions.Count:N0}; --json shows 200. ") : list.Sessions.Count == 0 ? "No session is kept yet: ask opens one. " : "";
        var broken = list.Broken > 0 ? string.Create(CultureInfo.InvariantCulture, $"{list.Broken:N0} files cannot be read. ") : "";
        return $"{more}{broken}{(list.Sessions.Count > 0 ? "trace ID shows what one did." : "")}";
    }

    private static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "now",
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} d"),
    };

    private static string Safe(string text, int most) => TerminalText.Escape(TrajectoryWords.OneLine(text, most));
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Rlm.Recursion;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories.Page;

namespace Rlm.Benchmarks.Recursion;

/// <summary>Time and size of the page of a session with many below it, each with eight entries and two slices of forty lines.</summary>
internal static class PageBenchmark
{
    public static int Run(int sessions, string? file)
    {
        var folder = Directory.CreateTempSubdirectory("rlm-page-").FullName;
        try
        {
            var store = new SessionStore(folder, TimeProvider.System);
            var root = Fill(store, sessions);
            for (var round = 0; round < 3; round++)
            {
                var clock = Stopwatch.StartNew();
                // As a new process does it: nothing is known from the round before.
                var page = new TrajectoryPage(new(folder, TimeProvider.System), new Lines()).Of(root, TimeProvider.System.GetUtcNow(), null, default)!;
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"page of {sessions:N0} sub-sessions: {clock.Elapsed.TotalSeconds:0.00} s, {Encoding.UTF8.GetByteCount(page) / 1e6:0.0} MB; {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB peak"));
                if (file is not null) File.WriteAllText(file, page);
            }
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Fill(SessionStore store, int sessions)
    {
        var children = Enumerable.Range(0, sessions).Select(at => Save(store, at, [])).ToArray();
        return Save(store, sessions, children);
    }

    private static string Save(SessionStore store, int at, IReadOnlyList<string> children)
    {
        var begun = TimeProvider.System.GetUtcNow();
        var state = new SessionState
        {
            Id = SessionStore.NewId(), Request = new($"which locks of part {at} are taken twice?"), Scope = ContextScope.Everything, BackEnd = "openai:m", Mode = "agent", Status = SessionStatus.Complete, Answer = new("They are **not**.", true),
            Children = children, Started = begun, Seconds = 2, Spent = new(4, 8_000, 900, 0.01m), Findings = [new(Handle(at, 1), null, default, "It is taken once.", [new(Handle(at, 1), "line 7 of", QuoteCheck.Exact)])],
        };
        store.Save(state);
        var trajectory = store.OpenTrajectory(state.Id);
        for (var turn = 0; turn < 4; turn++)
        {
            trajectory.Append(new("", 0, "model") { At = begun.AddSeconds(turn / 2.0), Tool = "turn", Result = $$$"""{"text":"Next I read {{{turn}}}.","calls":[{"id":"c","name":"read","arguments":{"targets":["a"]}}]}""", InputTokens = 2_000, OutputTokens = 200, Seconds = 0.4 });
            trajectory.Append(new("", 0, "tool") { At = begun.AddSeconds(turn / 2.0), Tool = "read", Result = new string('x', 600), Handles = [Handle(at, 1 + (40 * (turn % 2)))], Seconds = 0.01 });
        }
        return state.Id;
    }

    private static string Handle(int at, int first) => string.Create(CultureInfo.InvariantCulture, $"src/part{at % 40}/File{at}.cs:{first}-{first + 39}@0123abcd");

    /// <summary>A repository of which every handle holds.</summary>
    private sealed class Lines : ISessionContext
    {
        public IReadOnlyList<string> Files(ContextScope scope, CancellationToken cancellationToken) => [.. Enumerable.Range(0, 5_000).Select(at => $"src/part{at % 40}/File{at}.cs")];

        public string? Read(ContextScope scope, Unit unit, CancellationToken cancellationToken) => string.Concat(Enumerable.Range(1, 40).Select(line => $"{line}\tline {line} of {unit.Handle}: var locked = Monitor.TryEnter(_gate);\n"));

        public IReadOnlyList<SessionTool> Tools => [];

        public ScopeSize Size(ContextScope scope, CancellationToken cancellationToken) => throw new NotSupportedException();

        public UnitList Units(ContextScope scope, UnitKind per, CancellationToken cancellationToken) => throw new NotSupportedException();

        public QuoteCheck Check(ContextScope scope, string handle, string quote, CancellationToken cancellationToken) => throw new NotSupportedException();

        public (IReadOnlyList<Finding> Findings, Coverage Coverage) Rank(ContextScope scope, string question, int most, CancellationToken cancellationToken) => throw new NotSupportedException();

        public string? AnswerExactly(ContextScope scope, string task, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

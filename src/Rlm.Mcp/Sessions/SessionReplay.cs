using System.Globalization;
using Rlm.Mcp.Rendering;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Models;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Mcp.Sessions;

/// <summary>A session run again from its trajectory: the recorded replies in place of the model, no memo, nothing kept.</summary>
/// <param name="IsSame">Whether status and answer are the same, byte for byte.</param>
/// <param name="Requests">Recorded replies.</param>
/// <param name="Unknown">Requests that the recording has no reply to.</param>
/// <param name="Status">In which it ended this time.</param>
/// <param name="Why">Why it differs, as far as known; null when it is the same.</param>
internal sealed record SessionReplay(bool IsSame, int Requests, int Unknown, string Status, string? Why)
{
    /// <exception cref="RecursionException">No such session, or one that cannot be replayed.</exception>
    public static SessionReplay Run(OpenRepository repository, string id, CancellationToken cancellationToken)
    {
        var engine = repository.Engine();
        var recorded = engine.Find(id);
        RequireReplayable(recorded);
        var record = Tree(engine, id);
        var client = new ReplayClient(record.Entries, new Redactor([]).Redact);
        var options = repository.Settings.Recursion with { Folder = null, Limits = recorded.Limits, Offline = false };
        using var again = new RecursionEngine(options, repository.Context(), spec => ModelShapes.Of(spec, client, options));
        var caller = new Caller(recorded.BackEnd, "replay");
        var replayed = again.Start(recorded.Request with { Mode = recorded.Mode }, caller, cancellationToken);
        replayed = again.WaitAsync(replayed.Id, TimeSpan.FromDays(1), caller, cancellationToken).GetAwaiter().GetResult();
        var unknown = Tree(again, replayed.Id).Entries.Count(entry => entry.Kind == "model" && entry.Note?.Contains(ReplayClient.Unrecorded, StringComparison.Ordinal) == true);
        var answer = new Redactor([]).Redact(replayed.Answer.Content); // what is kept is masked
        var isSame = answer == recorded.Answer.Content && replayed.Status == recorded.Status && replayed.Answer.Ready == recorded.Answer.Ready;
        return new(isSame, record.Entries.Count(entry => entry is { Kind: "model", Result: not null }), unknown, SessionAnswer.Words(replayed.Status), isSame ? null : Difference(recorded, replayed, record, unknown));
    }

    // Of all sessions of a tree, each one's in their order.
    private static TrajectoryRecord Tree(RecursionEngine engine, string id)
    {
        var records = engine.Find(id).Children.Where(child => engine.Peek(child) is not null).Select(child => Tree(engine, child)).Prepend(engine.Trajectory(id)).ToArray();
        return new([.. records.SelectMany(record => record.Entries)], records.Sum(record => record.Damaged));
    }

    private static void RequireReplayable(SessionState session)
    {
        if (session.Parent is { } parent) throw new RecursionException("bad_argument", $"session {session.Id} belongs to {parent}", $"Replay the whole tree: trace {parent} --replay.");
        if (!session.IsEnded) throw new RecursionException("bad_argument", $"session {session.Id} has not ended", $"session {session.Id} --action wait.");
        if (session.BackEnd is "host" or "extractive" || session.Mode is "store" or "none") throw new RecursionException("not_available", $"session {session.Id} asked no model of the server's ({session.BackEnd}, {session.Mode})", "trace shows what was done.");
    }

    private static string Difference(SessionState recorded, SessionState replayed, TrajectoryRecord record, int unknown)
    {
        if (record.Damaged > 0) return string.Create(CultureInfo.InvariantCulture, $"{record.Damaged:N0} entries of the recording are lost");
        if (unknown > 0) return string.Create(CultureInfo.InvariantCulture, $"{unknown:N0} requests are not in the recording: files have changed since, or parts came from the memo of an earlier run");
        if (recorded.Status != replayed.Status) return $"it ended {SessionAnswer.Words(recorded.Status)} then and {SessionAnswer.Words(replayed.Status)} now{(replayed.Reason is { } reason ? $" ({reason})" : "")}";
        return "the same replies gave another text: the program has changed since";
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Language;

namespace Rlm.Recursion.Programs.BuiltIn;

/// <summary>Tells the host of drafts as they change, but not more than it reads with ease: what does not fit is told at a later beat.</summary>
internal sealed class Drafts(Func<ProgramDraft> look, Action<JsonObject> send)
{
    private const double Most = 1 << 20, Second = 4 << 20;
    private const int Longest = 400_000, Line = 1_000;

    private (string? Content, bool IsReady) _told = ("", false);
    private double _room = Most;
    private long _since = Stopwatch.GetTimestamp();

    /// <summary>Looks, and tells what is new.</summary>
    public void Tell()
    {
        var draft = look();
        if (draft.Content is not { } content || ((ReferenceEquals(content, _told.Content) || content == _told.Content) && draft.IsReady == _told.IsReady)) return;
        _room = Math.Min(Most, _room + Stopwatch.GetElapsedTime(_since).TotalSeconds * Second);
        _since = Stopwatch.GetTimestamp();
        var cost = Math.Min(content.Length, Longest) + Line;
        if (cost > _room) return;
        _room -= cost;
        _told = (content, draft.IsReady);
        send(new() { ["draft"] = Message(draft) });
    }

    /// <summary>A draft as the protocol has it.</summary>
    public static JsonObject Message(ProgramDraft draft)
    {
        if (draft.Content is not { } content) return new() { ["type"] = draft.Type };
        var length = content.Length <= Longest ? content.Length : char.IsHighSurrogate(content[Longest - 1]) ? Longest - 1 : Longest;
        return new() { ["content"] = content[..length], ["ready"] = draft.IsReady, ["cut"] = content.Length - length };
    }
}

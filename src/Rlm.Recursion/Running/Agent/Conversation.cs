using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Running.Agent;

/// <summary>
/// What an agent's model is sent. It grows with every turn, up to a size: past it, results of tools that are no longer the latest become pointers that name the call to repeat, and then
/// old words of the model become shorter. The instructions and the task are never touched, so that no constraint gets lost on the way.
/// </summary>
/// <param name="system">The instructions.</param>
/// <param name="task">The task, as the first message of the user.</param>
/// <param name="fenceKey">A secret of the session, its id: fences are made from it, so that no file can forge one and a replay makes the same. Null for a model with tools, whose results go back as such.</param>
internal sealed class Conversation(string system, string task, string? fenceKey)
{
    /// <summary>Characters from which on old results are shortened: about 40,000 tokens.</summary>
    public const int MaxCharacters = 160_000;

    /// <summary>Characters of all results of one turn.</summary>
    public const int MaxTurn = 80_000;

    private const int KeptOfOld = 160, KeptOfWords = 600;

    private readonly List<ChatMessage> _messages = [new(ChatRole.System, system), new(ChatRole.User, task)];
    private readonly Dictionary<ChatMessage, IReadOnlyList<ToolReply>> _results = [];
    private readonly HashSet<ChatMessage> _short = [];

    /// <summary>In order.</summary>
    public IReadOnlyList<ChatMessage> Messages => _messages;

    /// <summary>Characters of it all.</summary>
    public int Characters => _messages.Sum(Length);

    /// <summary>Adds a reply of the model.</summary>
    public void Add(ChatMessage reply) => _messages.Add(reply);

    /// <summary>Adds words of ours.</summary>
    public void Say(string text) => _messages.Add(new(ChatRole.User, text));

    /// <summary>Adds the results of one turn, shortened so far that all together keep to <see cref="MaxTurn"/>, and makes room for them.</summary>
    public void Add(IReadOnlyList<ToolReply> replies)
    {
        var share = MaxTurn / Math.Max(1, replies.Count);
        var over = replies.Sum(reply => reply.Text.Length) > MaxTurn;
        Place([.. replies.Select(reply => over && reply.Text.Length > share ? reply with { Text = Cut(reply.Text, share) } : reply)]);
        if (Characters > MaxCharacters) Shorten(MaxCharacters / 2, keepLast: true);
    }

    /// <summary>Shortens from the oldest on until so many characters are left, or nothing is left to shorten.</summary>
    /// <param name="target">Characters.</param>
    /// <param name="keepLast">Whether the latest results stay as they are.</param>
    public void Shorten(int target, bool keepLast)
    {
        var last = _messages.FindLastIndex(_results.ContainsKey);
        for (var at = 2; at < _messages.Count && Characters > target; at++)
            if (_results.TryGetValue(_messages[at], out var replies) && !(keepLast && at == last) && _short.Add(_messages[at])) Replace(at, [.. replies.Select(Pointer)]);
        for (var at = 2; at < _messages.Count - 1 && Characters > target; at++)
            if (_messages[at].Role == ChatRole.Assistant && _short.Add(_messages[at])) _messages[at] = Shortened(_messages[at]);
    }

    private void Place(IReadOnlyList<ToolReply> replies)
    {
        var message = Message(replies);
        _messages.Add(message);
        _results[message] = replies;
    }

    private void Replace(int at, IReadOnlyList<ToolReply> replies)
    {
        _results.Remove(_messages[at]);
        _messages[at] = Message(replies);
        _results[_messages[at]] = replies;
        _short.Add(_messages[at]);
    }

    private ChatMessage Message(IReadOnlyList<ToolReply> replies)
    {
        if (fenceKey is null) return new(ChatRole.Tool, [.. replies.Select(reply => (AIContent)new FunctionResultContent(reply.Request.Id, reply.Text))]);
        var fence = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{fenceKey} {replies[0].Request.Id}")))[..16];
        return new(ChatRole.User, string.Join("\n", replies.Select(reply =>
            $"<result {fence} tool=\"{reply.Request.Name}\"{(reply.IsError ? " error" : "")}>\n{reply.Text}\n</result {fence}>")));
    }

    private static ToolReply Pointer(ToolReply reply) => reply.Text.Length <= 2 * KeptOfOld ? reply : reply with
    {
        Text = $"{FirstLine(reply.Text)}\n[shortened: this result had {reply.Text.Length:N0} characters; call {reply.Request.Name}({Arguments(reply)}) again to see it]",
    };

    private static string Arguments(ToolReply reply)
    {
        var text = reply.Request.Arguments.ToJsonString();
        return text.Length <= KeptOfWords ? text : "…";
    }

    private static string FirstLine(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var line = end < 0 ? text : text[..end];
        return line.Length <= KeptOfOld ? line : line[..KeptOfOld] + "…";
    }

    private static string Cut(string text, int most) => $"{text[..most]}\n[cut: {text.Length - most:N0} more characters; too much was asked for in one reply: ask for it alone, or narrow it]";

    // Thinking goes first: services let it be dropped from earlier turns. Words or calls always remain, since every reply has some.
    private static ChatMessage Shortened(ChatMessage message) => new(message.Role,
        [.. message.Contents.Where(content => content is not TextReasoningContent).Select(Shortened)]);

    private static AIContent Shortened(AIContent content) => content switch
    {
        TextContent { Text.Length: > KeptOfWords } text => new TextContent($"{text.Text[..KeptOfWords]} [shortened: {text.Text.Length - KeptOfWords:N0} more characters]"),
        FunctionCallContent { Arguments: { } arguments } call when Length(call) > KeptOfWords =>
            new FunctionCallContent(call.CallId, call.Name, arguments.ToDictionary(pair => pair.Key, pair => Brief(pair.Value))),
        _ => content,
    };

    private static object? Brief(object? value) => value?.ToString() is { Length: > KeptOfWords } text ? $"{text[..KeptOfWords]} [shortened: {text.Length - KeptOfWords:N0} more characters]" : value;

    private static int Length(ChatMessage message) => message.Contents.Sum(Length);

    private static int Length(AIContent content) => content switch
    {
        TextContent text => text.Text.Length,
        TextReasoningContent thought => thought.Text.Length,
        FunctionResultContent result => result.Result?.ToString()?.Length ?? 0,
        FunctionCallContent call => call.Name.Length + (call.Arguments?.Sum(pair => pair.Key.Length + (pair.Value?.ToString()?.Length ?? 4)) ?? 0),
        _ => 0,
    };
}

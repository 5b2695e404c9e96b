using System.Text;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Tests.Doubles;

/// <summary>A model whose replies a test decides, with the ledger's rules: reserve the worst case, then settle a quarter of the characters on both sides.</summary>
/// <param name="answer">Its reply to a call; it may throw.</param>
public sealed class ScriptedModelCalls(Func<ScriptedCall, CancellationToken, Task<ChatResponse>> answer) : ModelCalls
{
    private readonly Lock _gate = new();
    private int _underWay;

    public ScriptedModelCalls(Func<ScriptedCall, ChatResponse> answer) : this((call, _) => Task.FromResult(answer(call))) { }

    public override Model Model { get; } = new("scripted:model", null!);

    public ScriptedModelCalls WithoutTools() => With(model => model with { HasTools = false });

    public ScriptedModelCalls With(Func<Model, Model> change) => new(answer, change(Model));

    private ScriptedModelCalls(Func<ScriptedCall, CancellationToken, Task<ChatResponse>> answer, Model model) : this(answer) => Model = model;

    /// <summary>A reply that is a fault.</summary>
    public static Func<ScriptedCall, ChatResponse> Fails(ModelFaultKind kind) => _ => throw new ModelFaultException(kind, "scripted");

    /// <summary>All that was sent, in order.</summary>
    public List<ScriptedCall> Calls { get; } = [];

    /// <summary>Most calls under way at once.</summary>
    public int Widest { get; private set; }

    public override async Task<ChatResponse> SendAsync(Session session, string purpose, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reserved = session.Ledger.Reserve(Worst(messages, options));
        ScriptedCall call;
        lock (_gate)
        {
            Calls.Add(call = new(Calls.Count + 1, purpose, messages, options));
            Widest = Math.Max(Widest, ++_underWay);
        }
        try
        {
            var reply = await answer(call, cancellationToken).ConfigureAwait(false);
            reserved.Settle(new(1, InputOf(messages, options) / 4, OutputOf(reply) / 4, 0));
            return reply;
        }
        catch (ModelFaultException)
        {
            reserved.Settle(new(1, 0, 0, 0));
            throw;
        }
        finally
        {
            lock (_gate) _underWay--;
        }
    }

    public override CallCost Worst(IReadOnlyList<ChatMessage> messages, ChatOptions options) =>
        new(1, messages.Sum(message => (long)Encoding.UTF8.GetByteCount(message.Text)) + ToolsOf(options) + 100, options.MaxOutputTokens ?? Model.OutputLimit, 0);

    private static long InputOf(IReadOnlyList<ChatMessage> messages, ChatOptions options) => messages.Sum(message => (long)message.Text.Length) + ToolsOf(options);

    private static long ToolsOf(ChatOptions options) => options.Tools?.OfType<AIFunctionDeclaration>().Sum(tool => (long)tool.JsonSchema.GetRawText().Length) ?? 0;

    private static long OutputOf(ChatResponse reply) => reply.Messages.SelectMany(message => message.Contents)
        .Sum(content => content is FunctionCallContent call ? call.Arguments!.Sum(pair => pair.Key.Length + 4 + ((System.Text.Json.JsonElement)pair.Value!).GetRawText().Length) : content.ToString()!.Length);
}

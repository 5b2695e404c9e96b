using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Models;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Tests.Doubles;

namespace Rlm.Recursion.Tests.Engine;

/// <summary>An engine over files in memory and a model that a test plays; sessions and memo in a folder that outlives the engine.</summary>
internal sealed class EngineBench : IDisposable
{
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly ScratchFolder _folder = new();
    private readonly List<RecursionEngine> _engines = [];
    private readonly Client _client;

    public EngineBench(Func<ScriptedCall, CancellationToken, Task<ChatResponse>> answer) => _client = new(answer);

    public EngineBench(Func<ScriptedCall, ChatResponse> answer) : this((call, _) => Task.FromResult(answer(call)))
    {
    }

    public FakeContext Context { get; init; } = new();

    public RecursionOptions Options { get; init; } = new();

    public string? Folder => IsKept ? _folder.Path : null;

    public bool IsKept { get; init; } = true;

    public Caller Caller { get; init; } = new("anthropic:test", "test") { ClientName = "claude-code" };

    /// <summary>All requests, of all engines.</summary>
    public IReadOnlyCollection<ScriptedCall> Calls => _client.Calls;

    /// <summary>An engine as a new process would have it.</summary>
    public RecursionEngine Engine(Func<ModelSpec, Model>? makeModel = null, RecursionOptions? options = null)
    {
        var engine = new RecursionEngine((options ?? Options) with { Folder = Folder }, Context, makeModel ?? (spec => new($"{spec}", _client)));
        _engines.Add(engine);
        return engine;
    }

    public EngineBench WithFiles(int count)
    {
        for (var number = 0; number < count; number++) Context.Files[$"src/f{number:00}.txt"] = $"first line of {number}\nsecond\n";
        return this;
    }

    /// <summary>Starts and waits for the end.</summary>
    public SessionState Run(RecursionEngine engine, RecurseRequest request) => Wait(engine, engine.Start(request, Caller, CancellationToken.None).Id);

    public SessionState Wait(RecursionEngine engine, string id, TimeSpan? wait = null) => engine.WaitAsync(id, wait ?? Long, Caller, CancellationToken.None).GetAwaiter().GetResult();

    public void Dispose()
    {
        foreach (var engine in _engines)
            try
            {
                engine.Dispose();
            }
            catch (ObjectDisposedException)
            {
                // By the test itself.
            }
        _folder.Dispose();
    }

    private sealed class Client(Func<ScriptedCall, CancellationToken, Task<ChatResponse>> answer) : IChatClient
    {
        private int _number;

        public ConcurrentQueue<ScriptedCall> Calls { get; } = new();

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var call = new ScriptedCall(Interlocked.Increment(ref _number), "", [.. messages], options!);
            Calls.Enqueue(call);
            var response = await answer(call, cancellationToken);
            response.Usage = new() { InputTokenCount = 10, OutputTokenCount = 5 };
            return response;
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Tests.Agent;
using Rlm.Recursion.Tests.Doubles;
using Rlm.Recursion.Tests.Engine;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Tests.Trajectories;

public class SpansTests
{
    private static readonly string[] Sources = ["src/"];

    [Fact]
    public void Tree_IsThatOfTheSessions_AndBearsNoText()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == Spans.Source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStopped = spans.Enqueue };
        ActivitySource.AddActivityListener(listener);
        using var bench = new EngineBench(call => call.User.Contains("sub-question", StringComparison.Ordinal) ? Replies.Submit(new() { ["content"] = "found", ["ready"] = true })
            : call.Messages.Count < 4 ? ScriptedAgent.Calls(("recurse", new { task = "sub-question", over = Sources, mode = "agent", reason = "uncertain" }), ("no such tool: first line", new { }))
            : Replies.Submit(new() { ["content"] = "all found", ["ready"] = true })).WithFiles(2);
        var state = bench.Run(bench.Engine(), new("explore it") { Mode = "agent" });
        Assert.Equal(SessionStatus.Complete, state.Status);
        // Other tests run sessions at the same time.
        var root = Assert.Single(spans, span => Equals(span.GetTagItem("gen_ai.conversation.id"), state.Id));
        var tree = spans.Where(span => span.TraceId == root.TraceId).ToList();
        var child = Assert.Single(tree, span => Equals(span.GetTagItem("gen_ai.conversation.id"), state.Children[0]));
        Assert.Equal(["chat anthropic:test", "chat anthropic:test", "execute_tool recurse", "execute_tool unknown"], tree.Where(span => span.ParentSpanId == root.SpanId).Select(span => span.DisplayName).Order());
        Assert.Equal("execute_tool recurse", Assert.Single(tree, span => span.SpanId == child.ParentSpanId).DisplayName);
        Assert.Equal(("complete", 1, "uncertain"), (child.GetTagItem("rlm.status"), child.GetTagItem("rlm.depth"), child.GetTagItem("rlm.reason")));
        Assert.Equal((10L, 5L), (tree.First(span => span.Kind == ActivityKind.Client).GetTagItem("gen_ai.usage.input_tokens"), tree.First(span => span.Kind == ActivityKind.Client).GetTagItem("gen_ai.usage.output_tokens")));
        var told = string.Join(" ", tree.SelectMany(span => span.TagObjects.Select(tag => $"{tag.Value}").Append(span.DisplayName)));
        foreach (var word in (string[])["explore", "sub-question", "found", "first line", "src/"]) Assert.DoesNotContain(word, told, StringComparison.Ordinal);
    }
}

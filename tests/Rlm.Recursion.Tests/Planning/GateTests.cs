using System.Text.Json;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Planning;
using Rlm.Recursion.Tests.Agent;

namespace Rlm.Recursion.Tests.Planning;

public class GateTests
{
    [Theory]
    [InlineData("How does the queue work?", 1_000, 3, true, "none")]
    [InlineData("How does the queue work?", 1_000, 3, false, "ask")]
    [InlineData("How does the queue work?", 10_000, 3, true, "ask")]
    [InlineData("How does the queue work?", 25_001, 3, true, "agent")]
    [InlineData("Where is the retry limit set?", 900_000, 300, true, "agent")]
    [InlineData("How many handlers swallow exceptions?", 10_000, 3, true, "map")]
    [InlineData("Classify each file by layer.", 900_000, 300, true, "map")]
    [InlineData("List the endpoints that take no token", 900_000, 300, true, "map")]
    [InlineData("Please review the handlers", 900_000, 300, true, "map")]
    [InlineData("Find all callers that ignore the result", 900_000, 300, true, "map")]
    [InlineData("Explain how it handles all errors", 900_000, 300, true, "agent")]
    [InlineData("What does the linked list do?", 900_000, 300, true, "agent")]
    [InlineData("What does `List each` print?", 900_000, 300, true, "agent")]
    [InlineData("Who calls \"count every\"?", 900_000, 300, true, "agent")]
    [InlineData("Is the reviewer notified?", 900_000, 300, true, "agent")]
    [InlineData("Count the branches of this file", 10_000, 1, true, "ask")]
    [InlineData("", 900_000, 300, true, "agent")]
    public void Auto_ChoosesByTaskAndSize(string task, int tokens, int files, bool callerReads, string mode)
    {
        var choice = Choose(new(task), tokens, files, callerReads);
        Assert.Equal(mode, choice.Mode);
        Assert.NotEmpty(choice.Reason);
    }

    [Fact]
    public void SmallScope_NamesWhatToRead()
    {
        var choice = Choose(new("why?"), 100, 2, true);
        Assert.StartsWith("not needed", choice.Reason, StringComparison.Ordinal);
        Assert.Equal((2, false), (choice.Handles.Count, choice.NeedsSession));
    }

    [Fact]
    public void ShapeGiven_IsMapWhateverTheSize()
    {
        Assert.Equal("map", Choose(new("x") { Schema = JsonSerializer.SerializeToElement(new { type = "string" }) }, 100, 2, true).Mode);
        Assert.Equal("map", Choose(new("x") { Per = UnitKind.Symbol }, 100, 2, true).Mode);
        Assert.Equal("map", Choose(new("x") { Merge = "count" }, 100, 2, true).Mode);
    }

    [Fact]
    public void ModeAsked_IsTaken()
    {
        var choice = Choose(new("x") { Mode = "agent" }, 100, 2, true);
        Assert.Equal(("agent", "asked for", true), (choice.Mode, choice.Reason, choice.NeedsSession));
    }

    [Fact]
    public void ExactQuestion_IsTheStores()
    {
        var choice = Gate.Choose(new("How many files?"), ContextScope.Everything, new FakeFiles(("a", new string('x', 99))) { Exact = "7 · map()" }, true, CancellationToken.None);
        Assert.Equal(("store", "7 · map()", false), (choice.Mode, choice.Answer, choice.NeedsSession));
    }

    private static GateChoice Choose(RecurseRequest request, int tokens, int files, bool callerReads)
    {
        var texts = Enumerable.Range(0, files).Select(at => ($"src/{at:0000}.cs", new string('x', (at == 0 ? (tokens * 4) - ((tokens * 4 / files) * (files - 1)) : tokens * 4 / files)))).ToArray();
        return Gate.Choose(request, ContextScope.Everything, new FakeFiles(texts), callerReads, CancellationToken.None);
    }
}

using Rlm.Recursion.Models;

namespace Rlm.Recursion.Tests.Models;

public class ModelSpecTests
{
    [Theory]
    [InlineData("anthropic:claude-haiku-4-5", BackEnd.Anthropic, "claude-haiku-4-5", null)]
    [InlineData("openai:gpt-5-mini", BackEnd.OpenAi, "gpt-5-mini", null)]
    [InlineData("openai:org/model:8b@http://127.0.0.1:11434/v1", BackEnd.OpenAi, "org/model:8b", "http://127.0.0.1:11434/v1")]
    [InlineData("openai:model@2026@https://llm.example/v1", BackEnd.OpenAi, "model@2026", "https://llm.example/v1")]
    [InlineData("cli:claude", BackEnd.Cli, "claude", null)]
    [InlineData("cli:gemini", BackEnd.Cli, "gemini", null)]
    [InlineData("sampling", BackEnd.Sampling, "", null)]
    [InlineData("host", BackEnd.Host, "", null)]
    [InlineData("extractive", BackEnd.Extractive, "", null)]
    [InlineData("auto", BackEnd.Auto, "", null)]
    public void Forms_AreReadAndWrittenBack(string text, BackEnd backEnd, string model, string? url)
    {
        var spec = ModelSpec.Parse(text);
        Assert.Equal((backEnd, model, url, text), (spec.BackEnd, spec.Model, spec.Url?.OriginalString, spec.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("anthropic")]
    [InlineData("anthropic:")]
    [InlineData("anthropic: model")]
    [InlineData("openai:@http://x/v1")]
    [InlineData("openai:m@http://user:password@x/v1")]
    [InlineData("openai:m@http://x/v1?key=1")]
    [InlineData("openai:m@httpx://x")]
    [InlineData("cli:bash")]
    [InlineData("cli:/bin/sh")]
    [InlineData("host:x")]
    [InlineData("gpt-5")]
    [InlineData("ANTHROPIC:x")]
    public void OtherText_IsBadArgument(string text) => Assert.Equal("bad_argument", Assert.Throws<RecursionException>(() => ModelSpec.Parse(text)).Code);

    [Theory]
    [InlineData("anthropic:claude-haiku-4-5-20251001", 1.0)]
    [InlineData("anthropic:claude-opus-4-6", 5.0)]
    [InlineData("openai:gpt-4o-mini-2024-07-18", 0.15)]
    [InlineData("openai:gpt-4o-audio-preview", null)]
    [InlineData("openai:gpt-5-pro", null)]
    [InlineData("openai:gpt-5@http://127.0.0.1/v1", null)]
    [InlineData("openai:mine@http://127.0.0.1/v1", 0.5)]
    [InlineData("anthropic:claude-haiku-4-5x", null)]
    [InlineData("cli:claude", null)]
    public void Price_IsKnownByFamilyOrNotAtAll(string text, double? input)
    {
        var price = KnownPrices.Of(ModelSpec.Parse(text), new Dictionary<string, Recursion.Budget.Price> { ["mine"] = new(0.5m, 1) });
        Assert.Equal((decimal?)input, price?.Input);
    }

    [Fact]
    public void MoneyLimit_WithoutAPrice_IsDroppedOnlyWhenNobodyAskedForIt()
    {
        var unknown = new Model("openai:new", new Scripted.ScriptedModel(_ => Scripted.ScriptedReply.Say("x")));
        var known = unknown with { Price = new(1, 2) };
        Assert.Null(MoneyLimit.Apply(new() { Usd = 2, Calls = 3 }, asked: false, known, unknown).Usd);
        Assert.Equal(2, MoneyLimit.Apply(new() { Usd = 2 }, asked: false, known).Usd);
        Assert.Equal(2, MoneyLimit.Apply(new() { Usd = 2 }, asked: true, known).Usd);
        var refused = Assert.Throws<RecursionException>(() => MoneyLimit.Apply(new() { Usd = 2 }, asked: true, known, unknown));
        Assert.Equal("not_available", refused.Code);
        Assert.Contains("--price new=", refused.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anthropic:m", false, "ANTHROPIC_API_KEY")]
    [InlineData("openai:m", false, "OPENAI_API_KEY")]
    [InlineData("openai:m@http://127.0.0.1:1/v1", true, "--offline")]
    [InlineData("cli:claude", true, "--offline")]
    [InlineData("host", false, "no model")]
    public void Model_ThatCannotBeHad_IsNotAvailable(string text, bool offline, string says)
    {
        var exception = Assert.Throws<RecursionException>(() => ModelFactory.Create(ModelSpec.Parse(text), new(), new() { Offline = offline }));
        Assert.Equal("not_available", exception.Code);
        Assert.Contains(says, exception.Message + exception.Next, StringComparison.Ordinal);
    }
}

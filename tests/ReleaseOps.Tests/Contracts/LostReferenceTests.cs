namespace ReleaseOps.Tests.Contracts;

/// <summary>What a reference that leads nowhere stands for can't be told: it is neither gone nor new, and nothing passes for it.</summary>
public sealed class LostReferenceTests
{
    private const string Lost = "{$ref: '#/components/x/Lost'}";

    public static TheoryData<string, string> Pairs => new()
    {
        { Api.Answering("{type: object, required: [a], properties: {a: {type: string}}}"), Api.Answering(Lost) },
        { Api.Answering("{type: object, properties: {a: {type: string}}}"), Api.Answering("{type: object, properties: {a: " + Lost + "}}") },
        { Api.Taking("{type: object, properties: {a: {type: string}}}"), Api.Taking(Lost) },
        { Api.Post("", responses: "'200': {description: ok, content: {application/json: {}}}"), Api.Post("", responses: "'200': " + Lost) },
        { Api.Post("requestBody: {content: {application/json: {}}}"), Api.Post("requestBody: " + Lost) },
        { Api.Post("parameters: [{name: q, in: query, required: true}]"), Api.Post("parameters: [" + Lost + "]") },
        { Api.Post("parameters: [{name: q, in: query, required: true}]"), Api.Post("parameters: " + Lost) },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void It_is_neither_gone_nor_new_and_says_that_it_can_not_be_told(string told, string lost)
    {
        foreach (var (before, after) in new[] { (told, lost), (lost, told) })
        {
            var found = Api.Compare(before, after);
            Assert.Empty(found.Changes);
            Assert.Equal(Verdict.Inconclusive, Assert.Single(found.Untold.DistinctBy(f => f.Source)).Verdict);
        }
    }

    [Fact]
    public void What_else_breaks_is_told_all_the_same()
    {
        var found = Api.Compare(
            Api.Post("parameters: [{name: q, in: query}, {name: r, in: query}]"), Api.Post("parameters: [{name: q, in: query, required: true}, " + Lost + "]"));
        Assert.Equal(["request-parameter-became-required"], found.Changes.Where(c => c.Level == ChangeLevel.Breaking).Select(c => c.Id));
        Assert.NotEmpty(found.Untold);
    }
}

using ReleaseOps.Channels;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Incidents;

/// <summary>Handlebars templates: what may stand in one, what comes of it, and that nothing else can.</summary>
public sealed class TemplateTests
{
    private static readonly TemplateFields Fields = MessageFields.Of(["host"]);

    private static readonly Dictionary<string, object?> Values = new()
    {
        ["impact"] = "a & <b> {{severity}}",
        ["severity"] = "SEV1",
        ["owner"] = "",
        ["params"] = new Dictionary<string, object?> { ["host"] = "h", ["on"] = true, ["off"] = false },
        ["checks"] = new[] { new Dictionary<string, object?> { ["id"] = "smoke", ["verdict"] = "passed" }, new Dictionary<string, object?> { ["id"] = "load" } },
    };

    [Theory]
    [InlineData("{{{impact}}}", 0, "'{{{' can't stand in a message")]
    [InlineData("a {{&impact}}", 2, "'{{&' can't stand in a message")]
    [InlineData("{{> part}}", 0, "'{{>' can't stand in a message")]
    [InlineData("{{#> part}}x{{/part}}", 0, "'{{#' can't stand in a message")]
    [InlineData("{{#*inline \"a\"}}x{{/inline}}", 0, "'{{#' can't stand in a message")]
    [InlineData("{{^impact}}x{{/impact}}", 0, "'{{^' can't stand in a message")]
    [InlineData("ab {{impact", 3, "{{ without its }}")]
    [InlineData("{{!-- a", 0, "{{!-- without its --}}")]
    [InlineData("{{ }}", 0, "this tag says nothing that is understood")]
    [InlineData("{{lookup params 'x'}}", 0, "this tag says nothing that is understood")]
    [InlineData("{{#if (eq a b)}}x{{/if}}", 0, "this tag says nothing that is understood")]
    [InlineData("{{#each checks as |c|}}x{{/each}}", 0, "this tag says nothing that is understood")]
    [InlineData("{{#wiht impact}}x{{/wiht}}", 0, "there is no block 'wiht'")]
    [InlineData("{{#if impact}}x", 0, "{{#if}} without its {{/if}}")]
    [InlineData("{{#if impact}}x{{/each}}", 15, "{{/each}} closes nothing")]
    [InlineData("x{{/if}}", 1, "{{/if}} closes nothing")]
    [InlineData("{{else}}", 0, "an {{else}} that belongs to no block")]
    [InlineData("{{#if impact}}a{{else}}b{{else}}c{{/if}}", 24, "an {{else}} that belongs to no block")]
    [InlineData("{{#each checks}}a{{else if impact}}b{{/each}}", 17, "{{else if}} belongs to an {{#if}}")]
    [InlineData("{{../impact}}", 0, "'../' leads out of the message")]
    [InlineData("{{@index}}", 0, "@index stands in {{#each}} only")]
    [InlineData("{{@root}}", 0, "'@root' is no name")]
    [InlineData("{{impact}}}", 10, "'}}}' isn't the end of a tag")]
    [InlineData("\\{{impact}}", 0, "a backslash can't stand before '{{'")]
    [InlineData("{{a-b}}", 0, "'a-b' is no name")]
    [InlineData("{{#each checks}}{{#each ../checks}}{{#each ../checks}}x{{/each}}{{/each}}{{/each}}", 35, "blocks are nested more than 8 deep, or {{#each}} more than 2")]
    public void What_is_not_taken_is_told_with_its_place(string template, int offset, string what)
    {
        var problem = HandlebarsText.Problem(template);
        Assert.True(problem is not null, template);
        Assert.Equal((offset, what), (problem.Offset, problem.What));
    }

    [Theory]
    [InlineData("{{impct}}", "no 'impct' is known to a message", "did you mean 'impact'?")]
    [InlineData("{{params.hots}}", "no 'params.hots' is known to a message", "did you mean 'host'?")]
    [InlineData("{{impact.Length}}", "no 'impact.Length' is known to a message", null)]
    [InlineData("{{checks}}", "'checks' is a list", "go through it: {{#each checks}}")]
    [InlineData("{{release}}", "'release' is a group of names", null)]
    [InlineData("{{this}}", "'this' is a group of names", null)]
    [InlineData("{{#each impact}}x{{/each}}", "'impact' is a text", null)]
    [InlineData("{{#each checks}}{{impact}}{{/each}}", "no 'impact' is known to a message", "known: id, verdict, detail")]
    [InlineData("{{#with release}}{{host}}{{/with}}", "no 'host' is known to a message", "known: product, version")]
    public void A_name_that_nobody_could_fill_in_is_an_error(string template, string what, string? hint)
    {
        Assert.Null(HandlebarsText.Problem(template));
        var problem = Assert.Single(HandlebarsText.Unknown(template, Fields));
        Assert.Equal((what, hint), (problem.What, problem.Remedy));
    }

    [Theory]
    [InlineData("{{impact}}", "[a & <b> {{severity}}]")]
    [InlineData("{{scope}}", "<scope>")]
    [InlineData("{{owner}}{{params.none}}", "<owner><none>")]
    [InlineData("{{#if owner}}a{{else}}b{{/if}}{{#unless scope}}c{{/unless}}", "bc")]
    [InlineData("{{#if scope}}a{{else if severity}}b{{else}}c{{/if}}", "b")]
    [InlineData("{{params.on}} {{params.off}}{{#if params.off}}x{{/if}}", "[true] [false]")]
    [InlineData("{{#each checks}}{{@index}}{{#if @first}}!{{/if}} {{id}} {{verdict}} {{../severity}};{{/each}}", "0! [smoke] [passed] [SEV1];1 [load] <verdict> [SEV1];")]
    [InlineData("{{#with params}}{{host}}{{/with}} {{! words }}{{!-- }} --}}{{~severity~}} \n x", "[h] [SEV1]x")]
    [InlineData("{{impact.Length}}{{checks.Count}}{{params.Keys}}", "<Length>2<Keys>")]
    [InlineData("\uE000a\uE001b\uE002{{severity}}", "ab[SEV1]")]
    public void What_comes_of_a_template_is_known_for_whose_it_is(string template, string text) =>
        Assert.Equal(text, Shown(TemplateText.Fill(template, Values)));

    [Fact]
    public void More_than_64_KiB_do_not_come_of_a_template()
    {
        var values = new Dictionary<string, object?>
        {
            ["impact"] = new string('x', 4000),
            ["checks"] = Enumerable.Range(0, 200).Select(_ => new Dictionary<string, object?> { ["id"] = "a" }),
        };
        var error = Assert.Throws<ReleaseOpsException>(() => TemplateText.Fill("{{#each checks}}{{#each ../checks}}{{../../impact}}{{/each}}{{/each}}", values));
        Assert.Equal(ErrorId.BadValue, error.Id);
    }

    /// <summary>What the reader lets through, the package must understand: templates of random pieces.</summary>
    [Fact]
    public void What_has_no_problem_can_be_filled_in()
    {
        string[] pieces =
        [
            "{{impact}}", "{{nothing}}", "{{#if impact}}", "{{#unless nothing}}", "{{#each checks}}", "{{#with params}}", "{{else}}", "{{else if severity}}",
            "{{/if}}", "{{/unless}}", "{{/each}}", "{{/with}}", "{{! a }}", "{{!-- }} --}}", "{{~severity~}}", "{{@index}}", "{{../impact}}", "{{id}}", "text ", "\n", "}}",
            "{", "}", "\\", "{{", "}}}", "{{~#if impact}}", "{{/if~}}", "{{this.id}}", "{{ params.host }}", "{{#if @first}}", "{{facts.[Next update]}}",
        ];
        var (random, filled) = (new Random(20261121), 0);
        for (var i = 0; i < 20_000; i++)
        {
            var template = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (HandlebarsText.Problem(template) is not null || i % 4 != 0)
                continue;
            filled++;
            var error = Record.Exception(() => TemplateText.Fill(template, Values));
            Assert.True(error is null, $"{template}: {error?.Message}");
        }
        Assert.True(filled > 200, $"{filled}");
    }

    [Fact]
    public void Problems_in_a_runbook_have_their_line_and_column()
    {
        var reading = RunbookReader.Parse(System.Text.Encoding.UTF8.GetBytes("""
            runbook: test
            parameters: { host: h }
            phases: [{ phase: a, steps: [{ id: b, command: [c] }] }]
            messages:
              one:
                template: |
                  {{impact}} on
                  {{params.hos}}
              two: { template: '{{#if x}}' }
            """), "/test.yaml");
        Assert.Contains(reading.Problems, p => (p.Line, p.Column, p.Id) == (9, 21, ErrorId.ExpressionSyntax));
        reading = RunbookReader.Parse(System.Text.Encoding.UTF8.GetBytes("""
            runbook: test
            parameters: { host: h }
            phases: [{ phase: a, steps: [{ id: b, command: [c] }] }]
            messages:
              one:
                template: |
                  {{impact}} on
                  {{params.hos}}
            """), "/test.yaml");
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((8, 7, ErrorId.UnknownReference, "did you mean 'host'?"), (problem.Line, problem.Column, problem.Id, problem.Hint));
    }

    private static string Shown(IEnumerable<TextRun> runs) => string.Concat(runs.Select(r => r.Kind switch
    {
        TextKind.Value => $"[{r.Text}]",
        TextKind.Missing => $"<{r.Text}>",
        _ => r.Text,
    }));
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using ReleaseOps.Contracts;

namespace ReleaseOps.Benchmarks;

/// <summary>Two descriptions of 10 MB that differ in some places: read, and compared.</summary>
internal static class ContractPair
{
    private const int Bytes = 10_000_000;
    private static readonly DateOnly Today = new(2026, 1, 1);

    public static void Measure()
    {
        foreach (var (format, write) in new (string, Func<int, byte[]>)[] { ("JSON", s => Write(s, json: true)), ("YAML", s => Write(s, json: false)) })
            Measure(format, write(0), write(1));
    }

    private static void Measure(string format, byte[] before, byte[] after)
    {
        Compare(before, after);
        var times = Enumerable.Range(0, 5).Select(_ => Compare(before, after)).OrderBy(t => t.Read + t.Compared).ToList();
        var (read, compared, changes) = times[times.Count / 2];
        var detail = string.Create(CultureInfo.InvariantCulture, $"read in {read:0.00} s, compared in {compared:0.00} s, {changes} differences");
        Paired.Print($"two descriptions of 10 MB in {format}, read and compared", read + compared, "s", 3, detail);
        var peak = PeakOf(() => Compare(before, after));
        var input = before.Length + after.Length;
        Paired.Print($"... peak of live memory over both files together ({format})", (double)peak / input, "x", 10,
            string.Create(CultureInfo.InvariantCulture, $"{peak / 1e6:0} MB over {input / 1e6:0} MB"));
    }

    private static (double Read, double Compared, int Changes) Compare(byte[] before, byte[] after)
    {
        var began = Stopwatch.GetTimestamp();
        var (one, other) = (ApiDocumentReader.Read(before, "before"), ApiDocumentReader.Read(after, "after"));
        var read = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var differences = ContractComparer.Compare(one, other, Today);
        if (differences.Untold.Count > 0)
            throw new InvalidOperationException(differences.Untold[0].Text);

        return (read, Stopwatch.GetElapsedTime(began).TotalSeconds - read, differences.Changes.Count);
    }

    // What is live after each collection, and at the end: the collector itself says how much it found.
    private static long PeakOf(Action action)
    {
        GC.Collect();
        var rest = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        using var done = new CancellationTokenSource();
        var watcher = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - rest);
                Thread.Sleep(50);
            }
        });
        action();
        done.Cancel();
        watcher.GetAwaiter().GetResult();
        return peak;
    }

    // Operations with parameters, bodies and answers that refer to schemas, which refer to each other: about as much of each as large public ones have.
    private static byte[] Write(int revision, bool json)
    {
        var text = new StringBuilder(Bytes + 100_000);
        text.Append("{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"large\", \"version\": \"1.0.0\"}, \"paths\": {");
        var count = 0;
        for (; text.Length < Bytes / 2; count++)
            text.Append(CultureInfo.InvariantCulture, $$$"""
                {{{(count > 0 ? "," : "")}}}
                "/things{{{count}}}/{id}": {
                  "get": {
                    "operationId": "get{{{count}}}", "tags": ["t{{{count % 20}}}"], "description": "Returns one of the things, with whatever belongs to it, as it was when it was asked for.",
                    "parameters": [
                      {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                      {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": {{{100 + (count % 500 == 7 ? revision : 0)}}}}}
                    ],
                    "responses": {
                      "200": {"description": "the thing", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S{{{count}}}"} } } },
                      "404": {"description": "no such thing", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"} } } }
                    }
                  },
                  "post": {
                    "operationId": "post{{{count}}}",
                    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S{{{count}}}"} } } },
                    "responses": {"201": {"description": "made", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S{{{count}}}"} } } }}
                  }
                }
                """);

        text.Append("}, \"components\": {\"schemas\": {\"Error\": {\"type\": \"object\", \"properties\": {\"message\": {\"type\": \"string\"}}}");
        for (var i = 0; text.Length < Bytes || i < count || i % 50 != 0; i++)
            text.Append(CultureInfo.InvariantCulture, $$$"""
                ,
                "S{{{i}}}": {
                  "type": "object", "description": "One of the things that there are.", "required": ["id", "name"],
                  "properties": {
                    "id": {"type": "string", "format": "uuid", "description": "What it is known by."},
                    "name": {"type": "string", "maxLength": {{{80 + (i % 1000 == 3 ? revision : 0)}}}},
                    "state": {"type": "string", "enum": ["draft", "open", "closed"{{{(i % 1000 == 5 && revision > 0 ? ", \"late\"" : "")}}}]},
                    "count": {"type": "integer", "minimum": 0, "maximum": 1000},
                    "next": {"$ref": "#/components/schemas/S{{{i + (i % 50 == 49 ? -49 : 1)}}}"},
                    "all": {"type": "array", "items": {"$ref": "#/components/schemas/S{{{i / 2}}}"}},
                    "either": {"oneOf": [{"type": "string", "title": "T"}, {"type": "object", "title": "O", "properties": {"a": {"type": "boolean"} } }]}
                  }
                }
                """);

        text.Append("}}}");
        return Encoding.UTF8.GetBytes(json ? text.ToString() : "# YAML, for it takes JSON as well\n" + text);
    }
}

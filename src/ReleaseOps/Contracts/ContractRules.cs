using System.Collections.Frozen;
using ReleaseOps.Contracts.Schemas;
using static ReleaseOps.ChangeLevel;

namespace ReleaseOps.Contracts;

/// <summary>
/// Every kind of difference that a comparison can report, and its level. Ids and levels are oasdiff's where oasdiff reports the same thing
/// with its default configuration (https://github.com/oasdiff/oasdiff, docs/BREAKING-CHANGES.md); the others are named in its manner.
/// </summary>
public static class ContractRules
{
    private static readonly FrozenDictionary<string, ContractRule> Table =
        Operations().Concat(SchemaRules.All).DistinctBy(r => r.Id).ToFrozenDictionary(r => r.Id, StringComparer.Ordinal);

    /// <summary>The rules, by id.</summary>
    public static IReadOnlyList<ContractRule> All { get; } = [.. Table.Values.OrderBy(r => r.Id, StringComparer.Ordinal)];

    /// <summary>The rule of an id.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    internal static ContractRule Of(string id) =>
        Table.TryGetValue(id, out var rule) ? rule : throw new KeyNotFoundException($"No rule of contracts is called {id}");

    private static IEnumerable<ContractRule> Operations() =>
    [
        // Paths and operations, and what becomes of them.
        new("endpoint-added", Info, "An operation is new"),
        new("api-path-removed-without-deprecation", Breaking, "A path with its operations is gone, and was not deprecated"),
        new("api-path-removed-with-deprecation", Info, "A path is gone that was deprecated, without a sunset date"),
        new("api-path-removed-before-sunset", Breaking, "A deprecated path is gone before its sunset date"),
        new("api-path-removed-after-sunset", Info, "A deprecated path is gone, after its sunset date"),
        new("api-path-sunset-parse", Breaking, "The sunset date of a path that is gone, or of an operation, can't be read"),
        new("api-removed-without-deprecation", Breaking, "An operation is gone, and was not deprecated"),
        new("api-removed-with-deprecation", Info, "An operation is gone that was deprecated, without a sunset date"),
        new("api-removed-before-sunset", Breaking, "A deprecated operation is gone before its sunset date"),
        new("api-removed-after-sunset", Info, "A deprecated operation is gone, after its sunset date"),
        new("endpoint-deprecated", Info, "An operation is deprecated, without a sunset date"),
        new("endpoint-deprecated-with-sunset", Info, "An operation is deprecated, with a sunset date"),
        new("endpoint-reactivated", Info, "An operation is no longer deprecated"),
        new("api-deprecated-sunset-parse", Breaking, "The sunset date of an operation that is deprecated can't be read"),
        new("api-sunset-date-too-small", Breaking, "An operation is deprecated with a sunset date that has passed"),
        new("api-sunset-date-changed-too-small", Breaking, "The sunset date of an operation moved to an earlier one that has passed"),
        new("sunset-deleted", Breaking, "The sunset date of an operation is gone, and it still is deprecated"),
        new("api-stability-decreased", Breaking, "The stability level of an operation is lower"),
        new("api-stability-increased", Info, "The stability level of an operation is higher"),
        new("api-invalid-stability-level", Breaking, "A stability level is none of draft, alpha, beta and stable"),
        new("api-operation-id-added", Info, "An operation has an id now"),
        new("api-operation-id-removed", Info, "An operation has another id, or none any more"),
        new("api-tag-added", Info, "An operation has a tag more"),
        new("api-tag-removed", Info, "An operation has a tag less"),
        new("webhook-added", Info, "A webhook is new"),
        new("webhook-removed", Breaking, "A webhook is gone"),
        new("webhook-body-became-optional", Breaking, "A webhook or a callback may come without the body that it always had"),
        new("webhook-body-became-required", Info, "A webhook or a callback always comes with its body now"),
        new("callback-added", Info, "A callback of an operation is new"),
        new("callback-removed", Breaking, "A callback of an operation is gone"),
        new("api-server-added", Info, "A server is new"),
        new("api-server-removed", Warning, "A server is gone: who has its address may reach nothing"),
        new("api-schema-removed", Info, "A reusable schema is gone"),
        new("api-version-not-bumped", Info, "Something breaks, and the version is the same"),
        new("api-version-decreased", Info, "Something breaks, and the version went back"),
        new("api-major-version-not-bumped", Info, "Something breaks, and the major version is the same"),
        new("more-changes", Info, "Places that a listed change also concerns, beyond those that are listed"),

        // Parameters.
        new("new-required-request-parameter", Breaking, "A required parameter is new"),
        new("new-optional-request-parameter", Info, "An optional parameter is new"),
        new("new-request-path-parameter", Breaking, "A parameter of the path is new"),
        new("request-parameter-removed", Warning, "A parameter is gone, and was not deprecated"),
        new("request-parameter-removed-with-deprecation", Info, "A parameter is gone that was deprecated, without a sunset date"),
        new("request-parameter-removed-before-sunset", Breaking, "A deprecated parameter is gone before its sunset date"),
        new("request-parameter-removed-after-sunset", Info, "A deprecated parameter is gone, after its sunset date"),
        new("request-parameter-sunset-parse", Breaking, "The sunset date of a parameter can't be read"),
        new("request-parameter-became-required", Breaking, "A parameter became required"),
        new("request-parameter-became-optional", Info, "A parameter became optional"),
        new("request-parameter-style-changed", Breaking, "A parameter is written another way"),
        new("request-parameter-content-changed", Breaking, "A parameter is written in another media type"),
        new("request-parameter-schema-added", Breaking, "A parameter has a schema now"),
        new("request-parameter-schema-removed", Info, "A parameter has no schema any more"),
        new("request-parameter-deprecated", Info, "A parameter is deprecated"),
        new("request-parameter-reactivated", Info, "A parameter is no longer deprecated"),
        new("request-parameter-sunset-date-too-small", Breaking, "A parameter is deprecated with a sunset date that has passed"),
        new("request-parameter-sunset-date-changed-too-small", Breaking, "The sunset date of a parameter moved to an earlier one that has passed"),
        new("request-parameter-sunset-deleted", Breaking, "The sunset date of a parameter is gone, and it still is deprecated"),

        // Bodies of requests.
        new("request-body-added-required", Breaking, "A required body is new"),
        new("request-body-added-optional", Info, "An optional body is new"),
        new("request-body-removed", Breaking, "A body is gone"),
        new("request-body-became-required", Breaking, "A body became required"),
        new("request-body-became-optional", Info, "A body became optional"),
        new("request-body-media-type-added", Info, "A media type of a body is new"),
        new("request-body-media-type-removed", Breaking, "A media type of a body is gone"),
        new("request-body-media-type-schema-added", Breaking, "A media type of a body has a schema now"),
        new("request-body-media-type-schema-removed", Info, "A media type of a body has no schema any more"),
        new("request-body-encoding-changed", Breaking, "A part of a form is written another way"),

        // Responses.
        new("response-success-status-added", Info, "A status of success is new"),
        new("response-success-status-removed", Breaking, "A status of success is gone"),
        new("response-non-success-status-added", Info, "A status of failure is new"),
        new("response-non-success-status-removed", Info, "A status of failure is gone"),
        new("response-media-type-added", Info, "A media type of a response is new"),
        new("response-media-type-removed", Breaking, "A media type of a response is gone"),
        new("response-media-type-name-changed", Info, "A media type of a response has other parameters"),
        new("response-media-type-name-generalized", Breaking, "A media type of a response is more general"),
        new("response-media-type-name-specialized", Info, "A media type of a response is more specific"),
        new("response-body-media-type-schema-added", Info, "A media type of a response has a schema now"),
        new("response-body-media-type-schema-removed", Warning, "A media type of a response has no schema any more"),
        new("response-header-added", Info, "A header of a response is new"),
        new("required-response-header-removed", Breaking, "A header that each response had is gone"),
        new("optional-response-header-removed", Warning, "A header that a response could have is gone"),
        new("response-header-became-optional", Breaking, "A header of a response became optional"),
        new("response-header-became-required", Info, "A header of a response became required"),

        // Security: oasdiff has all of it as information, since most descriptions are corrected there long after the service was.
        new("api-security-added", Info, "An operation accepts another way to authenticate"),
        new("api-security-removed", Info, "An operation no longer accepts a way to authenticate"),
        new("api-security-became-required", Breaking, "An operation that needed no authentication needs one"),
        new("api-security-became-optional", Info, "An operation no longer needs authentication"),
        new("api-security-scope-added", Info, "An operation asks for another scope"),
        new("api-security-scope-removed", Info, "An operation no longer asks for a scope"),
        new("api-global-security-added", Info, "The API accepts another way to authenticate"),
        new("api-global-security-removed", Info, "The API no longer accepts a way to authenticate"),
        new("api-global-security-scope-added", Info, "The API asks for another scope"),
        new("api-global-security-scope-removed", Info, "The API no longer asks for a scope"),
        new("api-security-component-added", Info, "A security scheme is new"),
        new("api-security-component-removed", Info, "A security scheme is gone"),
        new("api-security-component-type-changed", Info, "A security scheme is of another type"),
        new("api-security-component-oauth-url-changed", Info, "An authorization address of a security scheme changed"),
        new("api-security-component-oauth-token-url-changed", Info, "A token address of a security scheme changed"),
        new("api-security-component-oauth-scope-added", Info, "A scope of a security scheme is new"),
        new("api-security-component-oauth-scope-removed", Info, "A scope of a security scheme is gone"),
        new("api-security-component-oauth-scope-changed", Info, "A scope of a security scheme has another description"),
        new("api-security-component-moved", Warning, "A security scheme's key, or its HTTP scheme, is another"),
    ];
}

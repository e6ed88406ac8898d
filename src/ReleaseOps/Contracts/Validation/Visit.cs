using System.Text.Json;

namespace ReleaseOps.Contracts.Validation;

/// <summary>A value of the body at a schema.</summary>
/// <param name="Schema">The schema, a map.</param>
/// <param name="Value">The value.</param>
/// <param name="Place">Where the value stands.</param>
/// <param name="Notes">Takes what is found.</param>
internal readonly record struct Visit(ApiNode Schema, JsonElement Value, BodyPlace Place, ValidationNotes Notes);

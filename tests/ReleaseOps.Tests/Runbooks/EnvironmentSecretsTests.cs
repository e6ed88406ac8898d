using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

public class EnvironmentSecretsTests
{
    [Fact]
    public void Secrets_come_from_variables_of_their_names() =>
        Assert.Equal("value of A", EnvironmentSecrets.Resolve(["A", "A"], name => "value of " + name)["A"]);

    [Theory]
    [InlineData(null, ErrorId.MissingSecret)]
    [InlineData("", ErrorId.MissingSecret)]
    [InlineData("five5", ErrorId.SecretTooShort)]
    public void All_that_are_missing_or_too_short_are_named_without_their_values(string? value, ErrorId id)
    {
        var error = Assert.Throws<ReleaseOpsException>(() =>
            EnvironmentSecrets.Resolve(["B", "A", "GOOD"], name => name == "GOOD" ? "long enough" : value));
        Assert.Equal((id, "A"), (error.Id, error.Subject));
        Assert.Contains(": A, B", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("five5", error.ToString(), StringComparison.Ordinal);
    }
}

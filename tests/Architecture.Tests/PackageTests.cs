using Xunit;

namespace JobServer.Architecture.Tests;

public sealed class PackageTests
{
    [Theory]
    [InlineData("Outputs")]
    [InlineData("Domain")]
    public void The_rules_know_no_database_web_or_wire_library(string name)
    {
        var projects = Project(name).Closure(Repository.SourceProjects);

        Assert.DoesNotContain(projects, project => project.UsesAspNetCore);
        Assert.DoesNotContain(
            projects.SelectMany(project => project.Packages),
            package => StartsWithAny(package, "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Extensions.Hosting", "Grpc.", "Google.Protobuf"));
    }

    [Fact]
    public void The_agent_carries_no_database_library() =>
        Assert.DoesNotContain(
            Project("RunnerAgent").Closure(Repository.SourceProjects).SelectMany(project => project.Packages),
            package => package.Contains("EntityFrameworkCore", StringComparison.Ordinal) || package.Contains("Data.Sql", StringComparison.Ordinal));

    [Fact]
    public void A_database_provider_is_named_only_in_its_own_project() =>
        Assert.Equal(
            ["Data.SqlServer: Microsoft.EntityFrameworkCore.SqlServer", "Data.Sqlite: Microsoft.EntityFrameworkCore.Sqlite"],
            Repository.SourceProjects
                .SelectMany(project => project.Packages.Select(package => (project.Name, package)))
                .Where(pair => StartsWithAny(pair.package, "Microsoft.EntityFrameworkCore.SqlServer", "Microsoft.EntityFrameworkCore.Sqlite"))
                .Select(pair => $"{pair.Name}: {pair.package}")
                .Order(StringComparer.Ordinal));

    [Fact]
    public void No_source_project_carries_a_test_library() =>
        Assert.DoesNotContain(
            Repository.SourceProjects.SelectMany(project => project.Packages),
            package => StartsWithAny(package, "xunit", "Microsoft.NET.Test", "NSubstitute", "Microsoft.Playwright", "Microsoft.AspNetCore.Mvc.Testing", "Microsoft.Extensions.TimeProvider.Testing"));

    private static ProjectFile Project(string name) =>
        Repository.SourceProjects.Single(project => project.Name == name);

    private static bool StartsWithAny(string package, params string[] prefixes) =>
        prefixes.Any(prefix => package.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}

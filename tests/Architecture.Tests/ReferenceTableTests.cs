using Xunit;

namespace JobServer.Architecture.Tests;

public sealed class ReferenceTableTests
{
    [Fact]
    public void Every_source_project_references_only_what_the_table_allows() =>
        Assert.Empty(Repository.SourceProjects.SelectMany(ReferenceTable.Violations));

    [Fact]
    public void Every_row_of_the_table_is_a_project() =>
        Assert.Equal(
            Repository.SourceProjects.Select(project => project.Name).Order(StringComparer.Ordinal),
            ReferenceTable.Rows.Order(StringComparer.Ordinal));

    [Fact]
    public void The_agent_reaches_neither_the_rules_nor_the_database_by_any_path()
    {
        var agent = Repository.SourceProjects.Single(project => project.Name == "RunnerAgent");

        var reached = agent.Closure(Repository.SourceProjects).Select(project => project.Name);

        Assert.DoesNotContain(reached, name => name == "Domain" || name.StartsWith("Data", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathOf("JobServer.sln"));

        Assert.DoesNotContain(
            Repository.SourceProjects.Concat(Repository.TestProjects).Select(project => project.Name),
            name => !solution.Contains($"\"{name}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reference_outside_the_table_is_named()
    {
        var project = ProjectFile.Parse("Domain", """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <ProjectReference Include="..\Outputs\Outputs.csproj" />
                <ProjectReference Include="../Data/Data.csproj" />
              </ItemGroup>
            </Project>
            """);

        var violation = Assert.Single(ReferenceTable.Violations(project));

        Assert.StartsWith("Domain may not reference Data;", violation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_outside_the_table_is_named()
    {
        var project = ProjectFile.Parse("Newcomer", "<Project Sdk=\"Microsoft.NET.Sdk\" />");

        Assert.Contains("Newcomer is not in the reference table", Assert.Single(ReferenceTable.Violations(project)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_is_followed_through_other_projects()
    {
        var first = WithReference("First", "Second");
        var second = WithReference("Second", "Third");
        var third = WithReference("Third", "First");

        Assert.Equal(["First", "Second", "Third"], first.Closure([first, second, third]).Select(project => project.Name));
    }

    private static ProjectFile WithReference(string name, string reference) =>
        ProjectFile.Parse(name, $"""<Project><ItemGroup><ProjectReference Include="../{reference}/{reference}.csproj" /></ItemGroup></Project>""");
}

using JobServer.Data.Modelling;
using JobServer.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace JobServer.Data.Tests.Providers;

/// <summary>What can be known of SQL Server without one: the model, its script and its migrations.</summary>
public sealed class SqlServerTests
{
    [Fact]
    public void The_whole_schema_can_be_scripted()
    {
        using var db = Context();
        var script = db.Database.GenerateCreateScript();
        Assert.All(
            db.Model.GetEntityTypes().Select(entity => entity.GetTableName()),
            table => Assert.Contains($"CREATE TABLE [{table}]", script, StringComparison.Ordinal));
        Assert.DoesNotContain("ON DELETE CASCADE", script, StringComparison.Ordinal);
    }

    [Fact]
    public void No_deletion_cascades()
    {
        using var db = Context();
        Assert.All(
            db.Model.GetEntityTypes().SelectMany(entity => entity.GetForeignKeys()),
            key => Assert.Equal(DeleteBehavior.Restrict, key.DeleteBehavior));
    }

    [Fact]
    public void A_text_inside_a_JSON_column_is_asked_for_in_its_own_words()
    {
        using var db = Context();
        var query = db.ApplicationPages.Where(page => EF.Functions.Like(JsonText.Value(page.Answers, "$.study_name")!, "%a%"));
        Assert.Contains("JSON_VALUE([a].[Answers], N'$.study_name') LIKE N'%a%'", query.ToQueryString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_migrations_make_the_model()
    {
        using var db = Context();
        Assert.NotEmpty(db.Database.GetMigrations());
        Assert.False(db.Database.HasPendingModelChanges(), "The model has changes that no migration makes.");
    }

    [Fact]
    public void Every_text_that_is_part_of_a_key_or_index_has_a_length()
    {
        using var db = Context();
        var endless =
            from entity in db.Model.GetEntityTypes()
            from property in entity.GetProperties()
            where property.IsKey() || property.IsForeignKey() || property.IsIndex()
            where (property.FindRelationalTypeMapping()?.StoreType ?? "").EndsWith("(max)", StringComparison.Ordinal)
            select $"{entity.DisplayName()}.{property.Name}";
        Assert.Empty(endless);
    }

    [Fact]
    public void Every_enum_is_stored_by_name()
    {
        using var db = Context();
        Assert.All(
            db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(IsEnum),
            property => Assert.Equal(typeof(string), property.GetProviderClrType() ?? property.GetTypeMapping().Converter?.ProviderClrType));
    }

    private static bool IsEnum(IProperty property) => (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType).IsEnum;

    private static JobServerDb Context()
    {
        var builder = new DbContextOptionsBuilder<JobServerDb>();
        new SqlServerProvider().Configure(builder, "Server=nowhere;Database=JobServer");
        return new JobServerDb(builder.Options);
    }
}

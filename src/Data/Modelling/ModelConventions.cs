using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JobServer.Data.Modelling;

/// <summary>What holds for every entity, so that a mapping class says only what is special.</summary>
internal static class ModelConventions
{
    private const int EnumMaxLength = 40;

    public static void Apply(ModelBuilder modelBuilder, string providerName)
    {
        // Slugs, logins and addresses compare without case on both databases.
        var isSqlite = providerName.EndsWith("Sqlite", StringComparison.Ordinal);
        var noCase = isSqlite ? "NOCASE" : "Latin1_General_100_CI_AS";

        // Actions and paths differ by case, as the study's own names do.
        var exact = isSqlite ? "BINARY" : "Latin1_General_100_BIN2";

        JsonText.Map(modelBuilder, isSqlite);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in PropertiesOf(entity))
            {
                if ((Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) is { IsEnum: true } type)
                {
                    property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(SnakeCaseEnumConverter<>).MakeGenericType(type))!);
                    property.SetMaxLength(EnumMaxLength);
                }

                if (property.Name is "Revision")
                {
                    property.IsConcurrencyToken = true;
                }

                if (property.Name is "Slug" or "Login")
                {
                    property.SetCollation(noCase);
                }
                else if (property.Name is "Action" or "Path")
                {
                    property.SetCollation(exact);
                }
            }

            foreach (var key in entity.GetForeignKeys())
            {
                // SQL Server refuses several cascade paths, and nothing here is deleted by accident.
                key.DeleteBehavior = DeleteBehavior.Restrict;
            }
        }
    }

    /// <summary>Also those of the values that the entity is made of.</summary>
    private static IEnumerable<IMutableProperty> PropertiesOf(IMutableTypeBase type) =>
        type.GetProperties().Concat(type.GetComplexProperties().SelectMany(part => PropertiesOf(part.ComplexType)));
}

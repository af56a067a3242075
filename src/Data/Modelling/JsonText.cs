using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Modelling;

/// <summary>A text inside a JSON column, in queries; both databases have the function under a name of their own.</summary>
public static class JsonText
{
    private static readonly MethodInfo Method = typeof(JsonText).GetMethod(nameof(Value))!;

    /// <param name="json">The column.</param>
    /// <param name="path">Such as <c>$.study_name</c>; a constant.</param>
    /// <returns>Null where the object has no such property.</returns>
    /// <exception cref="NotSupportedException">Called outside a query.</exception>
    public static string? Value(string json, string path) =>
        throw new NotSupportedException("JsonText.Value is for queries. In memory, use a JSON reader.");

    internal static void Map(ModelBuilder modelBuilder, bool isSqlite) =>
        modelBuilder.HasDbFunction(Method).HasName(isSqlite ? "json_extract" : "JSON_VALUE").IsBuiltIn();
}

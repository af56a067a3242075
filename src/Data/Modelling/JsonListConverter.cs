using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JobServer.Data.Modelling;

/// <summary>A list that is only read and written whole is one JSON column.</summary>
internal sealed class JsonListConverter<T>() : ValueConverter<IReadOnlyList<T>, string>(
    list => JsonSerializer.Serialize(list, JsonSerializerOptions.Web),
    stored => JsonSerializer.Deserialize<List<T>>(stored, JsonSerializerOptions.Web) ?? new List<T>());

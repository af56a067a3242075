using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JobServer.Data.Modelling;

/// <summary>Instants are stored as UTC date-times, because SQLite can neither order nor compare offsets.</summary>
internal sealed class InstantConverter() : ValueConverter<DateTimeOffset, DateTime>(
    instant => instant.UtcDateTime,
    stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));

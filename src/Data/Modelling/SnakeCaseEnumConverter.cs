using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JobServer.Data.Modelling;

/// <summary>Enum members are stored by name, as <c>nonzero_exit</c>: readable in the database and safe to reorder in code.</summary>
internal sealed class SnakeCaseEnumConverter<TEnum>() : ValueConverter<TEnum, string>(
    value => SnakeCase.Of(value),
    stored => SnakeCase.Parse<TEnum>(stored))
    where TEnum : struct, Enum;

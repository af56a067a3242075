using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Backends;

internal sealed class BackendTokenMapping : IEntityTypeConfiguration<BackendToken>
{
    public void Configure(EntityTypeBuilder<BackendToken> builder)
    {
        builder.Property(token => token.Hash).HasMaxLength(64).IsUnicode(false);
        builder.Property(token => token.Label).HasMaxLength(BackendToken.LabelMaxLength);
        builder.Property(token => token.Ending).HasMaxLength(BackendToken.EndingLength).IsUnicode(false);
        builder.HasIndex(token => token.Hash).IsUnique();
    }
}

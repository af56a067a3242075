using JobServer.Domain.Redirects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Redirects;

internal sealed class RedirectMapping : IEntityTypeConfiguration<Redirect>
{
    public void Configure(EntityTypeBuilder<Redirect> builder)
    {
        builder.Property(redirect => redirect.Path).HasMaxLength(Redirect.PathMaxLength);
        builder.HasIndex(redirect => redirect.Path).IsUnique();
    }
}

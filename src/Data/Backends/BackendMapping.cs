using JobServer.Domain;
using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Backends;

internal sealed class BackendMapping : IEntityTypeConfiguration<Backend>
{
    public void Configure(EntityTypeBuilder<Backend> builder)
    {
        builder.Property(backend => backend.Slug).HasMaxLength(Slug.MaxLength);
        builder.Property(backend => backend.Name).HasMaxLength(Backend.NameMaxLength);
        builder.Property(backend => backend.ModeMessage).HasMaxLength(Backend.ModeMessageMaxLength);
        builder.Property(backend => backend.DisclosureProfile).HasMaxLength(Backend.DisclosureProfileMaxLength);
        builder.ComplexProperty(backend => backend.Timing);
        builder.HasIndex(backend => backend.Slug).IsUnique();
    }
}
